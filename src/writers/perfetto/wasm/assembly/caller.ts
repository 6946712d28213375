// What is left to the caller. Functions for a part of a packet are told the output's length and return the new one.

/** The sequence of a row's lane; starts it, where that is still to be done, with a packet at the end of the output. */
@external('caller', 'startSequence')
export declare function startSequence(row: u32): usize;

/** Calls introduceScratch with a string of the timeline. */
@external('caller', 'introduceString')
export declare function introduceString(field: u32, string: u32): void;

/** Appends the annotations of a row whose args are of unusual shape. */
@external('caller', 'appendArgs')
export declare function appendArgs(row: u32, outLength: usize): usize;

/** Appends the ids of the arrows at a row. */
@external('caller', 'appendFlows')
export declare function appendFlows(row: u32, outLength: usize): usize;

/** Writes the value for the number of unusual shape in [from, to) to `at`; returns the position behind it, or `at`. */
@external('caller', 'putNumber')
export declare function putNumber(at: usize, from: usize, to: usize): usize;
