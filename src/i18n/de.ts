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
  alone: 'Die Prüfungsseite kann einzeln geöffnet werden und bringt Sie am Ende hierher zurück.',
  continue: 'In diesem Tab fortfahren',
  newTab: 'In neuem Tab öffnen',
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
  'insecure-contextText':
    'Diese Seite kam über eine unsichere Verbindung, deshalb bleibt die Kamera aus.',
  'cross-origin-isolatedText': 'Die Einstellungen dieser Website lassen die Seite nicht zu.',
  'permissions-policyText': 'Die Einstellungen dieser Website sperren die Kamera.',
  'no-media-devices': 'Dieser Browser kann keine Kamera nutzen',
  'no-media-devicesText':
    'Öffnen Sie diese Seite in einem anderen Browser, zum Beispiel Chrome, Firefox oder Safari.',
  'microphone-policyText': 'Die Einstellungen dieser Website sperren das Mikrofon.',
  'camera-deniedText':
    'Die Kamera ist für diese Website blockiert. In den Einstellungen Ihres Browsers lässt sie sich erlauben.',
  'no-cameraText': 'An diesem Gerät wurde keine Kamera gefunden.',
  'in-app-browserText':
    'Innerhalb einer App bleibt die Kamera manchmal aus. Öffnen Sie diese Seite in Ihrem üblichen Browser.',
  'outdated-browserText':
    'Dieser Browser ist möglicherweise zu alt für die Kamera. Ein Update kann helfen.',
  redirected: 'Die Prüfung ist auf einer eigenen Seite geöffnet',
  redirectedText: 'Führen Sie sie dort zu Ende. Hier geht es weiter, sobald Sie zurück sind.',
  returned: 'Willkommen zurück',
  returnedText: 'Wie die Prüfung ausgeht, erfahren Sie auf dieser Website.',
  'return-mismatch': 'Wir wissen nicht, zu welcher Prüfung das gehört',
  'return-mismatchText':
    'Wenn Sie gerade eine Prüfung gemacht haben, ist nichts verloren. Gehen Sie dorthin zurück, wo Sie begonnen haben: Dort sehen Sie den Stand.',
  elsewhere: 'Sie können diesen Tab schließen',
  elsewhereText: 'Weiter geht es auf der Seite, von der Sie kamen.',
  copy: 'Adresse dieser Seite kopieren',
  copied: 'Kopiert',
  intro: 'Ihre Identität prüfen lassen',
  introText:
    'Sie fotografieren auf einer sicheren Seite Ihr Ausweisdokument und Ihr Gesicht. Danach werden die Bilder geprüft.',
  introDocument: 'Ein gültiges Ausweisdokument, zum Beispiel Reisepass oder Personalausweis',
  introCamera: 'Ein Gerät mit Kamera und gutes Licht',
  introTime: 'Einige Minuten Zeit',
  start: 'Jetzt beginnen',
  checking: 'Ihre Bilder werden geprüft',
  checkingText:
    'Das kann eine Weile dauern. Sie können diese Seite schließen und später wiederkommen.',
  verified: 'Ihre Identität ist bestätigt',
  verifiedText: 'Sie müssen hier nichts mehr tun.',
  declined: 'Wir konnten Ihre Identität nicht feststellen',
  declinedText:
    'Sie können es noch einmal versuchen oder sich an den Betreiber dieser Website wenden.',
  resubmit: 'Es werden neue Bilder gebraucht',
  resubmitText:
    'Etwas war nicht gut genug zu erkennen. Bitte nehmen Sie die Bilder noch einmal auf.',
  unfinished: 'Die Prüfung wurde nicht zu Ende geführt',
  unfinishedText: 'Sie können eine neue beginnen.',
  goOn: 'Mit der Prüfung fortfahren',
  goOnText:
    'Wenn Sie fertig sind, beginnt die Prüfung Ihrer Bilder in Kürze. Wenn nicht, können Sie hier weitermachen.',
  'session-refused': 'Die Prüfung kann nicht begonnen werden',
  'session-refusedText': 'Bitte informieren Sie den Betreiber dieser Website.',
  'not-signed-in': 'Sie sind nicht angemeldet',
  'not-signed-inText': 'Melden Sie sich auf dieser Website an und versuchen Sie es erneut.',
  'session-unavailable': 'Die Prüfung kann gerade nicht begonnen werden',
  'session-unavailableText':
    'Prüfen Sie Ihre Internetverbindung, warten Sie einen Moment und versuchen Sie es erneut.',
} as const satisfies Texts;
