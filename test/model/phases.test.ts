import { expect } from '@open-wc/testing';
import { isOver, isRunning, nextPhase, type Phase } from '../../src/model/phases.js';
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
  creating: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
  loading: ['ready', '-', '-', '-', 'finished', 'canceled', '-', 'failed', 'failed'],
  ready: ['-', 'started', '-', '-', 'finished', 'canceled', '-', 'failed', 'failed'],
  started: ['-', '-', '-', 'submitted', 'finished', 'canceled', '-', 'failed', 'failed'],
  submitted: ['-', '-', '-', '-', 'finished', 'canceled', '-', 'failed', 'failed'],
  finished: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
  canceled: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
  failed: ['ready', '-', '-', '-', 'finished', 'canceled', '-', 'failed', 'failed'],
  redirected: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
  returned: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
  decided: ['-', '-', '-', '-', '-', '-', '-', '-', '-'],
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
  it('is true while a session is asked for, and with a frame that a person may be at work in', () => {
    expect(PHASES.filter(isRunning)).to.deep.equal([
      'creating',
      'loading',
      'ready',
      'started',
      'submitted',
    ]);
  });
});

describe('isOver', () => {
  it('is true where the person has done their part', () => {
    expect(PHASES.filter(isOver)).to.deep.equal(['finished', 'decided']);
  });
});
