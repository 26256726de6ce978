import { expect } from '@open-wc/testing';
import { isRunning, nextPhase, type Phase } from '../../src/model/phases.js';
import type { Signal } from '../../src/model/signals.js';

const SIGNALS: readonly Signal[] = [
  'ready',
  'started',
  'progress',
  'submitted',
  'finished',
  'canceled',
  'reload-request',
  'session-expired',
  'session-rejected',
];

type Row = readonly (Phase | '-')[];

/** Every phase, and what each signal makes of it, in the order of SIGNALS; `-` for nothing. */
const MATRIX: Readonly<Record<Phase, Row>> = {
  idle: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
  loading: ['ready', '-', '-', '-', 'finished', 'canceled', '-', 'failed', 'failed'],
  ready: ['-', 'started', '-', '-', 'finished', 'canceled', '-', 'failed', 'failed'],
  started: ['-', '-', '-', 'submitted', 'finished', 'canceled', '-', 'failed', 'failed'],
  submitted: ['-', '-', '-', '-', 'finished', 'canceled', '-', 'failed', 'failed'],
  finished: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
  canceled: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
  failed: ['ready', '-', '-', '-', 'finished', 'canceled', '-', 'failed', 'failed'],
  redirected: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
  returned: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
};

const PHASES = Object.keys(MATRIX) as Phase[];

describe('nextPhase', () => {
  for (const phase of PHASES) {
    it(`has one answer to each signal in ${phase}`, () => {
      expect(SIGNALS.map((signal) => nextPhase(phase, signal) ?? '-')).to.deep.equal(MATRIX[phase]);
    });
  }
});

describe('isRunning', () => {
  it('is true of the phases with a frame that a person may be at work in', () => {
    expect(PHASES.filter(isRunning)).to.deep.equal(['loading', 'ready', 'started', 'submitted']);
  });
});
