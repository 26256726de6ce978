import type { Texts } from './texts.js';

/** Spanish, with the polite “usted”. */
export const es = {
  dir: 'ltr',
  title: 'Verificación de identidad',
  frame: 'Verificación de identidad con {provider}',
  loading: 'Abriendo la página segura de verificación',
  ready: 'La página de verificación está abierta',
  submitted: 'Sus fotos se han enviado',
  finished: 'Gracias, su parte ha terminado',
  finishedText:
    'La comprobación continúa sin que usted deba hacer nada más. Este sitio le comunicará el resultado.',
  canceled: 'La verificación se ha interrumpido',
  canceledText: 'Puede volver a empezar cuando quiera.',
  'frame-timeout': 'La página no responde',
  'frame-timeoutText': 'Compruebe su conexión a internet e inténtelo de nuevo.',
  'frame-blocked': 'La página no se puede mostrar aquí',
  'frame-blockedText': 'Un ajuste de este sitio lo impide. Avise a los responsables del sitio.',
  'session-expired': 'El tiempo para esta verificación ha terminado',
  'session-expiredText': 'Vuelva atrás e inicie una nueva.',
  failed: 'Esta verificación no se puede abrir',
  failedText:
    'Vuelva atrás e iníciela de nuevo. Si el problema continúa, avise a los responsables de este sitio.',
  code: 'Código de error:',
  reload: 'Hay que volver a permitir el uso de la cámara',
  reloadText: 'Su navegador solo volverá a preguntar después de recargar esta página.',
  reloadNow: 'Recargar la página',
  reloadNot: 'Continuar sin recargar',
  leave: '¿Detener la verificación?',
  leaveText: 'Es posible que se pierda lo que ha hecho hasta ahora.',
  leaveNow: 'Detener',
  leaveNot: 'Continuar',
  slow: '¿No se muestra la página?',
  retry: 'Intentar de nuevo',
  show: 'Mostrar la página',
  close: 'Cerrar',
} as const satisfies Texts;
