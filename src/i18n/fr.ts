import type { Texts } from './texts.js';

/** French, with the polite “vous”; a narrow no-break space before `?`, a no-break one before `:`. */
export const fr = {
  dir: 'ltr',
  title: 'Vérification d’identité',
  frame: 'Vérification d’identité par {provider}',
  loading: 'Ouverture de la page de vérification sécurisée',
  ready: 'La page de vérification est ouverte',
  submitted: 'Vos photos ont été envoyées',
  finished: 'Merci, c’est terminé de votre côté',
  finishedText:
    'Le contrôle se poursuit sans intervention de votre part. Ce site vous en communiquera le résultat.',
  canceled: 'La vérification a été interrompue',
  canceledText: 'Vous pouvez recommencer quand vous le souhaitez.',
  'frame-timeout': 'La page ne répond pas',
  'frame-timeoutText': 'Vérifiez votre connexion internet, puis réessayez.',
  'frame-blocked': 'La page ne peut pas s’afficher ici',
  'frame-blockedText':
    'Un réglage de ce site l’en empêche. Veuillez prévenir les responsables du site.',
  'session-expired': 'Le temps prévu pour cette vérification est écoulé',
  'session-expiredText': 'Revenez en arrière et commencez-en une nouvelle.',
  failed: 'Cette vérification ne peut pas s’ouvrir',
  failedText:
    'Revenez en arrière et relancez-la. Si le problème persiste, prévenez les responsables de ce site.',
  code: 'Code d’erreur\u00a0:',
  reload: 'L’accès à la caméra doit être autorisé à nouveau',
  reloadText: 'Votre navigateur ne le redemandera qu’après le rechargement de cette page.',
  reloadNow: 'Recharger la page',
  reloadNot: 'Continuer sans recharger',
  leave: 'Arrêter la vérification\u202f?',
  leaveText: 'Ce que vous avez fait jusqu’ici pourrait être perdu.',
  leaveNow: 'Arrêter',
  leaveNot: 'Continuer',
  slow: 'La page ne s’affiche pas\u202f?',
  retry: 'Réessayer',
  show: 'Afficher la page',
  close: 'Fermer',
} as const satisfies Texts;
