import type { Texts } from './texts.js';

/** Estonian, with the polite “teie”. The provider's name stands where it takes no case ending. */
export const et = {
  dir: 'ltr',
  title: 'Isikusamasuse kontroll',
  frame: 'Isikusamasuse kontroll: {provider}',
  loading: 'Turvalise kontrollilehe avamine',
  ready: 'Kontrollileht on avatud',
  submitted: 'Teie pildid on saadetud',
  finished: 'Aitäh, teie osa on tehtud',
  finishedText: 'Kontroll jätkub ilma teieta. Tulemusest annab teile teada see veebisait.',
  canceled: 'Kontroll katkestati',
  canceledText: 'Võite uuesti alustada, kui olete valmis.',
  'frame-timeout': 'Leht ei vasta',
  'frame-timeoutText': 'Kontrollige internetiühendust ja proovige uuesti.',
  'frame-blocked': 'Lehte ei saa siin kuvada',
  'frame-blockedText':
    'Seda takistab selle veebisaidi seadistus. Palun teavitage veebisaidi haldajat.',
  'session-expired': 'Kontrolli aeg on läbi',
  'session-expiredText': 'Minge tagasi ja alustage uut kontrolli.',
  failed: 'Seda kontrolli ei saa avada',
  failedText:
    'Minge tagasi ja alustage uuesti. Kui sellest pole abi, teavitage veebisaidi haldajat.',
  code: 'Veakood:',
  reload: 'Kaamera kasutamine tuleb uuesti lubada',
  reloadText: 'Veebilehitseja küsib luba uuesti alles pärast selle lehe taaslaadimist.',
  reloadNow: 'Laadi leht uuesti',
  reloadNot: 'Jätka uuesti laadimata',
  leave: 'Kas katkestada kontroll?',
  leaveText: 'Seni tehtu võib kaduma minna.',
  leaveNow: 'Katkesta',
  leaveNot: 'Jätka',
  slow: 'Kas lehte pole näha?',
  retry: 'Proovi uuesti',
  show: 'Näita lehte',
  close: 'Sulge',
} as const satisfies Texts;
