/**
 * What people and machines read of an analysis: one document per report, rendered as text, markdown, HTML, JSON or CSV. No
 * number is worked out here.
 */
export {};
