// Passing a conversation on, and what is settled before the agent's part ends.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Colleague } from "../shared/types";
import { api } from "./api";
import { useDesk } from "./context";
import { moment } from "./list";
import { Dialog } from "./parts";
import "./handing.css";

export function Transfer({ onClose }: { onClose(): void }): JSX.Element {
  const { desk, state } = useDesk();
  const [people, setPeople] = useState<Colleague[] | null>(null);
  const holder = state.opened?.row.agent;
  useEffect(() => void desk.attempt(api.colleagues).then((found) => setPeople(found?.colleagues ?? [])), []);
  function pass(act: () => Promise<void>): void {
    onClose();
    void act();
  }
  return (
    <Dialog title="转给谁" onClose={onClose}>
      <ul class="People">
        <li>
          <button type="button" onClick={() => pass(() => desk.toQueue())}>
            放回等待人工<span class="Dim">谁先接手就是谁</span>
          </button>
        </li>
        {(people ?? [])
          .filter(({ name }) => name !== holder)
          .map(({ name, here, away_until }) => (
            <li key={name}>
              <button type="button" disabled={away_until !== null} onClick={() => pass(() => desk.transfer(name))}>
                {name}
                <span class="Here" data-here={here}>
                  {away_until !== null ? `不在，到 ${moment(away_until * 1000)}` : here ? "在线" : "不在线"}
                </span>
              </button>
            </li>
          ))}
      </ul>
      {people === null && <p class="Dim">正在读取…</p>}
    </Dialog>
  );
}

export function Settle(): JSX.Element | null {
  const { desk, state } = useDesk();
  const { asking, left } = state;
  if (!asking) return null;
  const draft = desk.draft(asking.id).text.trim();
  const back = asking.act === "hand-back";
  return (
    <Dialog title={back ? "交还之前" : "结束之前"} onClose={() => void desk.settle(null)}>
      {left.length > 0 && (
        <section>
          <h3>客户还有没得到回答的问题</h3>
          <ul class="Left">
            {left.map((question) => (
              <li key={question.id} class="Plain">
                {question.text}
              </li>
            ))}
          </ul>
        </section>
      )}
      {draft && (
        <section>
          <h3>写好的回复还没有发</h3>
          <p class="Plain Left">{draft}</p>
        </section>
      )}
      <p class="Bar">
        {back && left.length > 0 && (
          <button type="button" class="Primary" autofocus onClick={() => void desk.settle(true)}>
            交还，由助手回答
          </button>
        )}
        <button type="button" onClick={() => void desk.settle(false)}>
          {back ? (left.length > 0 ? "交还，不回答" : "仍然交还") : "仍然结束"}
        </button>
        <button type="button" onClick={() => void desk.settle(null)}>
          再想想
        </button>
      </p>
    </Dialog>
  );
}
