import { PersonErased } from '../storage/transaction';

/** Whom a job has listed may have been erased meanwhile: then nothing is to be done, and the others get their turn. */
export async function unlessErased<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PersonErased) return otherwise;
    throw error;
  }
}
