/** One picture: the scene's time it shows, in seconds, and for how many frames it stays. */
export interface Still {
  time: number;
  frames: number;
}

/**
 * Which pictures of a scene must be drawn: every frame while something moves, one for each rest between.
 *
 * @param frames length of the scene
 * @param motions spans of movement, in seconds from the scene's start, in any order
 */
export function planStills(frames: number, frameRate: number, motions: readonly [number, number][]): Still[] {
  const moves = (time: number): boolean => motions.some(([from, to]) => time >= from && time < to);
  const stills: Still[] = [];
  let wasMoving = true;
  for (let frame = 0; frame < frames; frame++) {
    const time = frame / frameRate;
    const moving = moves(time);
    // The first frame at rest is drawn anew: it shows the end of the movement before it.
    if (moving || wasMoving) stills.push({ time, frames: 1 });
    else stills[stills.length - 1]!.frames++;
    wasMoving = moving;
  }
  return stills;
}
