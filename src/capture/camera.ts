import type { CaptureTroubleCode, ProofSubject } from '../model/capture.js';

/** Why there is no camera. */
export type CameraTrouble =
  | Extract<CaptureTroubleCode, `${string}camera${string}`>
  | 'insecure-context'
  | 'no-media-devices'
  | 'permissions-policy';

/** What a camera can do, once it runs. */
export interface RunningCamera {
  readonly stream: MediaStream;
  /** There are others to switch to. */
  readonly hasOthers: boolean;
  readonly hasTorch: boolean;
  /** Shows the person, who expects a mirror. */
  readonly isFront: boolean;
}

/** Milliseconds for a still by the camera itself, some of which never answer. */
const STILL_PATIENCE = 3000;

/** Milliseconds of a clip. */
export const LONGEST_CLIP = 10_000;
const SHORTEST_CLIP = 1000;

/** Bits a second: 20 MB is what Shufti Pro takes. */
const CLIP_RATE = 4_000_000;

/** Quality of a still from a frame; it is encoded once more. */
const FRAME_QUALITY = 0.95;

/** H.264 is what every player knows; the container is what the provider asks for. */
const CLIP_TYPES = ['video/mp4;codecs=avc1', 'video/mp4'];

/** Chromium alone has these. */
interface PolicedDocument {
  readonly featurePolicy?: { allowsFeature(feature: string): boolean };
}
interface StillCamera {
  takePhoto(): Promise<Blob>;
}
interface WithStills {
  readonly ImageCapture?: new (track: MediaStreamTrack) => StillCamera;
}
interface TorchCapabilities {
  readonly torch?: boolean;
}

/** The format of a clip that can be recorded here and is an MP4; `undefined` where there is none. */
export const clipType = (): string | undefined =>
  typeof MediaRecorder === 'undefined'
    ? undefined
    : CLIP_TYPES.find((type) => MediaRecorder.isTypeSupported(type));

/** What keeps the camera away, as far as it is known without asking for it. */
const blocker = (): CameraTrouble | undefined => {
  if (!isSecureContext) return 'insecure-context';
  // Typed as always there; a WebView may be without.
  if (!('mediaDevices' in navigator)) return 'no-media-devices';
  const policy = (document as PolicedDocument).featurePolicy;
  return policy?.allowsFeature('camera') === false ? 'permissions-policy' : undefined;
};

const TROUBLE: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'camera-denied',
  SecurityError: 'camera-denied',
  NotFoundError: 'no-camera',
  OverconstrainedError: 'no-camera',
};

const troubleOf = (error: unknown): CameraTrouble =>
  (error instanceof Error && TROUBLE[error.name]) || 'camera-busy';

const stop = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

/** What it brings, or `undefined` where that fails or takes too long. */
const inTime = <T>(what: Promise<T>): Promise<T | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, STILL_PATIENCE);
    const end = (value?: T): void => {
      clearTimeout(timer);
      resolve(value);
    };
    what.then(end, () => {
      end();
    });
  });

/**
 * One camera at a time, on only as long as it is wanted. Sound is never asked for: no proof needs it.
 */
export class Camera {
  readonly #tell: (trouble?: CameraTrouble) => void;
  /** Of the last wish: what comes after another one is stopped at once. */
  #wish = 0;
  #running: RunningCamera | undefined;
  /** The person's choice among several, by which way it looks. */
  readonly #chosen = new Map<boolean, string>();
  #recorder: MediaRecorder | undefined;
  #clipBegun = 0;

  /** @param tell - called when it runs, and when it stopped by itself or did not start */
  constructor(tell: (trouble?: CameraTrouble) => void) {
    this.#tell = tell;
  }

  get running(): RunningCamera | undefined {
    return this.#running;
  }

  /** Turns on the camera that fits: the front one for a face, else the rear one. */
  async open(subject: ProofSubject): Promise<void> {
    const wantsFront = subject === 'face';
    this.close();
    const wish = this.#wish;
    const trouble = blocker();
    if (trouble) {
      this.#tell(trouble);
      return;
    }
    const deviceId = this.#chosen.get(wantsFront);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: {
          ...(deviceId === undefined
            ? { facingMode: { ideal: wantsFront ? 'user' : 'environment' } }
            : { deviceId: { exact: deviceId } }),
          width: { ideal: 1920 },
          height: { ideal: 1080 },
        },
      });
      if (wish === this.#wish) await this.#take(stream, wantsFront);
      else stop(stream);
    } catch (error) {
      if (deviceId !== undefined && this.#chosen.delete(wantsFront) && wish === this.#wish) {
        // That one was unplugged.
        await this.open(subject);
        return;
      }
      if (wish === this.#wish) this.#tell(troubleOf(error));
    }
  }

  /** Turns it off at once. */
  close(): void {
    this.#wish += 1;
    this.#recorder = undefined;
    if (!this.#running) return;
    stop(this.#running.stream);
    this.#running = undefined;
  }

  /** From now on the next one is meant. */
  async chooseNext(subject: ProofSubject): Promise<void> {
    const current = this.#running?.stream.getVideoTracks()[0]?.getSettings().deviceId;
    const cameras = await this.#cameras();
    const index = cameras.findIndex(({ deviceId }) => deviceId === current);
    const next = cameras[(index + 1) % cameras.length];
    if (next) this.#chosen.set(subject === 'face', next.deviceId);
  }

  async setTorch(isOn: boolean): Promise<void> {
    const constraint: MediaTrackConstraintSet & TorchCapabilities = { torch: isOn };
    await this.#track?.applyConstraints({ advanced: [constraint] }).catch(() => undefined);
  }

  /** One picture, from the camera itself or from what `video` shows of it; `undefined` where it went. */
  async still(video: HTMLVideoElement): Promise<Blob | undefined> {
    const track = this.#track;
    const { ImageCapture } = globalThis as WithStills;
    if (!track) return undefined;
    if (ImageCapture) {
      const photo = await inTime(new ImageCapture(track).takePhoto());
      if (photo?.size) return photo;
    }
    // The button is there, and has the focus, before the camera shows anything.
    if (video.readyState < video.HAVE_CURRENT_DATA) {
      await inTime(
        new Promise((resolve) => {
          video.addEventListener('loadeddata', resolve, { once: true });
        }),
      );
    }
    const { videoWidth, videoHeight } = video;
    if (!videoWidth) return undefined;
    const canvas = document.createElement('canvas');
    canvas.width = videoWidth;
    canvas.height = videoHeight;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return new Promise((resolve) => {
      canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', FRAME_QUALITY);
    });
  }

  /** A clip without sound, until {@link endClip} or its longest; `undefined` where it came to nothing. Rejects where it cannot begin. */
  async clip(): Promise<Blob | undefined> {
    const stream = this.#running?.stream;
    const mimeType = clipType();
    if (!stream || !mimeType) return undefined;
    const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: CLIP_RATE });
    this.#recorder = recorder;
    return new Promise((resolve) => {
      const pieces: Blob[] = [];
      const timer = setTimeout(() => {
        this.endClip();
      }, LONGEST_CLIP);
      recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
      recorder.addEventListener('stop', () => {
        clearTimeout(timer);
        // Not where the camera was turned off meanwhile.
        const isWhole = this.#recorder === recorder;
        if (isWhole) this.#recorder = undefined;
        resolve(isWhole ? new Blob(pieces, { type: 'video/mp4' }) : undefined);
      });
      recorder.start();
      this.#clipBegun = performance.now();
    });
  }

  /** Not before there is a frame in it, which takes a while on a slow machine. */
  endClip(): void {
    const recorder = this.#recorder;
    setTimeout(
      () => {
        if (recorder?.state === 'recording') recorder.stop();
      },
      this.#clipBegun + SHORTEST_CLIP - performance.now(),
    );
  }

  get #track(): MediaStreamTrack | undefined {
    return this.#running?.stream.getVideoTracks()[0];
  }

  async #cameras(): Promise<readonly MediaDeviceInfo[]> {
    const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    return devices.filter(({ kind }) => kind === 'videoinput');
  }

  async #take(stream: MediaStream, wantsFront: boolean): Promise<void> {
    const [track] = stream.getVideoTracks();
    const settings = track?.getSettings();
    // Older engines tell no capabilities.
    const { getCapabilities } = (track ?? {}) as Partial<MediaStreamTrack>;
    const capabilities = getCapabilities?.call(track) as TorchCapabilities | undefined;
    const running: RunningCamera = {
      stream,
      hasOthers: false,
      hasTorch: !!capabilities?.torch,
      isFront: settings?.facingMode ? settings.facingMode === 'user' : wantsFront,
    };
    this.#running = running;
    track?.addEventListener('ended', () => {
      if (this.#running?.stream !== stream) return;
      this.close();
      this.#tell('camera-lost');
    });
    this.#tell();
    // Only now, with the permission, are they all told; and it may take long.
    const isAmongOthers = (await this.#cameras()).length > 1;
    if (this.#running !== running || !isAmongOthers) return;
    this.#running = { ...running, hasOthers: true };
    this.#tell();
  }
}
