/** Why there is no picture from the camera. */
export type CameraProblem = 'refused' | 'missing' | 'failed';

/** Which camera is wanted, where a device has two: away from the person, or at them. */
export type Facing = 'environment' | 'user';

export class CameraError extends Error {
  override readonly name = 'CameraError';
  readonly problem: CameraProblem;

  constructor(problem: CameraProblem) {
    super(`No camera: ${problem}.`);
    this.problem = problem;
  }
}

const PROBLEMS: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

const problemOf = (error: unknown): CameraProblem =>
  (error instanceof Error ? PROBLEMS[error.name] : undefined) ?? 'failed';

/** Turns the devices off. */
export const stopStream = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

const ask = async (facing: Facing): Promise<MediaStream> => {
  const video = { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 } };
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new CameraError('missing');
  try {
    return await devices.getUserMedia({ video, audio: true });
  } catch {
    // The microphone may be the one that is missing or not delegated, and pictures need none.
    return devices.getUserMedia({ video });
  }
};

/**
 * Asks for camera and microphone together, and for the camera alone where that fails.
 *
 * @param signal - aborted when the step is left: a stream that comes after that is turned off at once
 * @throws CameraError, or the signal's reason
 */
export const openCamera = async (facing: Facing, signal: AbortSignal): Promise<MediaStream> => {
  let stream: MediaStream;
  try {
    stream = await ask(facing);
  } catch (error) {
    throw error instanceof CameraError ? error : new CameraError(problemOf(error));
  }
  if (signal.aborted) stopStream(stream);
  signal.throwIfAborted();
  return stream;
};

/** Whether the stream's camera serves `facing` too, as the only camera of a computer does. */
export const serves = (stream: MediaStream, facing: Facing): boolean => {
  const [track] = stream.getVideoTracks();
  if (track?.readyState !== 'live') return false;
  const { facingMode } = track.getSettings();
  return facingMode === undefined || facingMode === facing;
};

/** Resolves once the video has a picture to take. */
export const firstPicture = (video: HTMLVideoElement, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const check = (): void => {
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) resolve();
    };
    for (const type of ['loadeddata', 'playing', 'resize'])
      video.addEventListener(type, check, { signal });
    check();
  });

/** Takes the video's present picture as a JPEG, at the camera's own size. */
export const takePicture = (video: HTMLVideoElement): Promise<Blob> => {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => {
        if (blob === null) reject(new CameraError('failed'));
        else resolve(blob);
      },
      'image/jpeg',
      0.92,
    );
  });
};
