import { ref } from 'vue';

/** A part of the pages did not come: after an update of the sidecar the parts an open page knows are gone. */
export const isNotLoaded = ref(false);

addEventListener('vite:preloadError', () => {
  isNotLoaded.value = true;
});
