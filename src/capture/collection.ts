import type {
  CapturedProof,
  CapturePlan,
  CaptureStage,
  CaptureStep,
  ProofSubject,
} from '../model/capture.js';
import type { MediaType } from '../model/media.js';

/** Where the person is. */
export interface Place {
  readonly step: CaptureStep;
  readonly stage: CaptureStage;
}

/** What the person has given so far, and what is still to come. Holds nothing but memory. */
export class Collection {
  readonly plan: CapturePlan;
  readonly #proofs = new Map<string, CapturedProof>();
  readonly #picked = new Map<ProofSubject, string>();
  readonly #left = new Set<string>();

  constructor(plan: CapturePlan) {
    this.plan = plan;
  }

  /** Those that the picked types ask for. */
  get steps(): readonly CaptureStep[] {
    return this.plan.steps.filter(({ subject, onlyFor }) => {
      const type = this.typeFor(subject);
      return !onlyFor || type === undefined || onlyFor.includes(type);
    });
  }

  /** In the order of the steps. */
  get proofs(): readonly CapturedProof[] {
    return this.steps.flatMap(({ context }) => this.#proofs.get(context) ?? []);
  }

  /** The picked types, or the only ones, by what they are of. */
  get types(): Readonly<Partial<Record<ProofSubject, string>>> {
    const pairs = this.proofs.map(({ subject, documentType }) => [subject, documentType]);
    return Object.fromEntries(pairs.filter(([, type]) => type)) as Partial<
      Record<ProofSubject, string>
    >;
  }

  /** What the person does next; `undefined` where nothing is missing. */
  get next(): Place | undefined {
    const step = this.steps.find(
      ({ context }) => !this.#proofs.has(context) && !this.#left.has(context),
    );
    return step && this.placeOf(step);
  }

  /** Where the person comes to with a step. */
  placeOf(step: CaptureStep): Place {
    if (this.#proofs.has(step.context)) return { step, stage: 'review' };
    const isPicked = this.typeFor(step.subject) !== undefined || !this.offers(step);
    return { step, stage: isPicked ? 'make' : 'pick' };
  }

  proofOf({ context }: CaptureStep): CapturedProof | undefined {
    return this.#proofs.get(context);
  }

  /** Whether there is more than one type to pick from. */
  offers({ types = [] }: CaptureStep): boolean {
    return types.length > 1;
  }

  /** The picked type of a subject, or its only one. */
  typeFor(subject: ProofSubject): string | undefined {
    const types = this.plan.steps.find((step) => step.subject === subject)?.types ?? [];
    return this.#picked.get(subject) ?? (types.length === 1 ? types[0] : undefined);
  }

  /** Another type than before makes what was collected of it worthless. */
  pick(subject: ProofSubject, type: string): void {
    if (this.#picked.get(subject) === type) return;
    this.#picked.set(subject, type);
    for (const step of this.plan.steps) if (step.subject === subject) this.drop(step);
  }

  keep({ context, subject }: CaptureStep, blob: Blob, type: MediaType): void {
    const documentType = this.typeFor(subject);
    // No UUID: browsers make those on secure pages alone, and a file can be given on any.
    const key = crypto.getRandomValues(new Uint32Array(4)).join('-');
    this.#left.delete(context);
    this.#proofs.set(context, {
      context,
      subject,
      blob,
      type,
      key,
      ...(documentType !== undefined && { documentType }),
    });
  }

  leaveOut(step: CaptureStep): void {
    this.drop(step);
    this.#left.add(step.context);
  }

  drop({ context }: CaptureStep): void {
    this.#proofs.delete(context);
    this.#left.delete(context);
  }

  /** What came before: the picking of this step's type, or the step before. */
  before({ step, stage }: Place): Place | undefined {
    const { steps } = this;
    const index = steps.findIndex(({ context }) => context === step.context);
    const previous = steps[index - 1];
    if (stage !== 'pick' && previous?.subject !== step.subject && this.offers(step)) {
      return { step, stage: 'pick' };
    }
    return previous && this.placeOf(previous);
  }
}
