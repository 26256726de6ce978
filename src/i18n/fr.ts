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
  alone: 'La page de vérification peut s’ouvrir seule, et vous ramène ici à la fin.',
  continue: 'Continuer dans cet onglet',
  newTab: 'Ouvrir dans un nouvel onglet',
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
  'insecure-contextText':
    'Cette page est arrivée par une connexion non sécurisée\u00a0: la caméra reste éteinte.',
  'cross-origin-isolatedText': 'Les réglages de ce site bloquent la page.',
  'permissions-policyText': 'Les réglages de ce site bloquent la caméra.',
  'no-media-devices': 'Ce navigateur ne peut pas utiliser de caméra',
  'no-media-devicesText':
    'Ouvrez cette page dans un autre navigateur, comme Chrome, Firefox ou Safari.',
  'microphone-policyText': 'Les réglages de ce site bloquent le micro.',
  'camera-deniedText':
    'La caméra est bloquée pour ce site. Vous pouvez l’autoriser dans les réglages de votre navigateur.',
  'no-cameraText': 'Aucune caméra n’a été trouvée sur cet appareil.',
  'in-app-browserText':
    'À l’intérieur d’une application, la caméra peut rester éteinte. Ouvrez cette page dans votre navigateur habituel.',
  'outdated-browserText':
    'Ce navigateur est peut-être trop ancien pour la caméra. Une mise à jour peut aider.',
  redirected: 'La vérification est ouverte sur sa propre page',
  redirectedText: 'Terminez-la là-bas. Cette page reprendra à votre retour.',
  returned: 'Vous voilà de retour',
  returnedText: 'Ce site vous dira comment se termine le contrôle.',
  'return-mismatch': 'Impossible de savoir de quelle vérification il s’agit',
  'return-mismatchText':
    'Si vous venez d’en faire une, rien n’est perdu. Revenez là où vous avez commencé pour voir où elle en est.',
  elsewhere: 'Vous pouvez fermer cet onglet',
  elsewhereText: 'La page d’où vous venez prend le relais.',
  copy: 'Copier l’adresse de cette page',
  copied: 'Copiée',
} as const satisfies Texts;
