import { onMounted, onUnmounted } from "vue";
import { mountBeian } from "./beian.js";

export function useBeian(address, look) {
  let unmount = () => {};
  onMounted(() => (unmount = mountBeian(address, look)));
  onUnmounted(() => unmount());
}
