// What is left to the caller. Functions for a part of a packet are told the output's length and return the new one.

/** Starts the sequence of a lane with a packet at the end of the output; returns its id. */
@external('caller', 'startLane')
export declare function startLane(track: u32, lane: u32): u32;

/** Calls introduceScratch with a string of the timeline. */
@external('caller', 'introduceString')
export declare function introduceString(field: u32, string: u32): void;

/** Appends the annotations of a row whose args are of unusual shape. */
@external('caller', 'appendArgs')
export declare function appendArgs(row: u32, outLength: usize): usize;

/** Writes the value for the number of unusual shape in [from, to) to `at`; returns the position behind it, or `at`. */
@external('caller', 'putNumber')
export declare function putNumber(at: usize, from: usize, to: usize): usize;
