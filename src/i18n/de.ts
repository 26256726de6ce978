import type { Texts } from './texts.js';

/** German, with the polite “Sie”. */
export const de = {
  dir: 'ltr',
  title: 'Identitätsprüfung',
  frame: 'Identitätsprüfung durch {provider}',
  loading: 'Die sichere Prüfungsseite wird geöffnet',
  ready: 'Die Prüfungsseite ist geöffnet',
  submitted: 'Ihre Bilder wurden gesendet',
  finished: 'Vielen Dank, Ihr Teil ist erledigt',
  finishedText:
    'Die Prüfung läuft ohne Ihr Zutun weiter. Das Ergebnis erfahren Sie auf dieser Website.',
  canceled: 'Die Prüfung wurde abgebrochen',
  canceledText: 'Sie können jederzeit neu beginnen.',
  'frame-timeout': 'Die Seite antwortet nicht',
  'frame-timeoutText': 'Prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
  'frame-blocked': 'Die Seite kann hier nicht angezeigt werden',
  'frame-blockedText':
    'Eine Einstellung dieser Website verhindert das. Bitte informieren Sie den Betreiber der Website.',
  'session-expired': 'Die Zeit für diese Prüfung ist abgelaufen',
  'session-expiredText': 'Gehen Sie zurück und starten Sie eine neue Prüfung.',
  failed: 'Diese Prüfung kann nicht geöffnet werden',
  failedText:
    'Gehen Sie zurück und starten Sie sie erneut. Hilft das nicht, informieren Sie bitte den Betreiber der Website.',
  code: 'Fehlercode:',
  reload: 'Die Kamera muss erneut erlaubt werden',
  reloadText: 'Ihr Browser fragt erst wieder, wenn diese Seite neu geladen wurde.',
  reloadNow: 'Seite neu laden',
  reloadNot: 'Ohne Neuladen fortfahren',
  leave: 'Prüfung abbrechen?',
  leaveText: 'Ihre bisherigen Schritte können verloren gehen.',
  leaveNow: 'Abbrechen',
  leaveNot: 'Fortfahren',
  slow: 'Wird die Seite nicht angezeigt?',
  retry: 'Erneut versuchen',
  show: 'Seite anzeigen',
  close: 'Schließen',
} as const satisfies Texts;
