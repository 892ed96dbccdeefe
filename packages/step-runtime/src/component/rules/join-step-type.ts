/** The step type that lets the paths of a fork meet. */
export const joinStepType = "join-models";
