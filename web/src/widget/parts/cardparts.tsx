// What the cards are made of, and what of an answer goes onto paper with them.
import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../icons";
import type { Group } from "../text";
import type { Card, Message } from "../../shared/types";
import { ANSWERS, type Words } from "../words";
import { Linked } from "./prose";
import type { Placed } from "./sources";
import "./cards.css";

export interface CardProps {
  card: Card;
  groups: readonly Group[];
  /** Of the groups with a heading, by that. */
  sources: Placed["under"];
  message: Message;
}

/** A card's title without the colon that makes it open a list in the text. */
export function titleOf(card: Card, fallback: string): string {
  return card.title?.trim().replace(/[：:]$/, "") || fallback;
}

export function Head({ icon, title, children }: { icon: string; title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="CardHead">
      <Icon type={icon} />
      <h2 lang={ANSWERS}>{title}</h2>
      {children}
    </div>
  );
}

export function section(message: Message): string {
  return message.custom?.sources?.[0]?.section ?? "";
}

/** An ISO date with its weekday, as people write it. */
export function day(iso: string, words: Words): string {
  const [year = 0, month = 1, date = 1] = iso.slice(0, 10).split("-").map(Number);
  return words.dayOfWeek(words.date(year, month, date), new Date(Date.UTC(year, month - 1, date)).getUTCDay());
}

/** A last day as a line for paper. */
export function dayLine(date: string, title: string | undefined, words: Words): string {
  return words.labelled(title ?? words.lastDay, day(date, words));
}

/** The message's last days as lines for paper. */
export function lastDays(message: Message, words: Words): string[] {
  return (message.custom?.deadlines ?? []).flatMap(({ date, title }) => {
    if (!date || !/^\d{4}-\d{2}-\d{2}/.test(date)) return [];
    return [dayLine(date, title, words)];
  });
}

export function Items({ items }: { items: string[] | undefined }): JSX.Element | null {
  if (!items || items.length === 0) return null;
  if (items.length === 1) {
    return (
      <p class="Items" lang={ANSWERS}>
        <Linked text={items[0] ?? ""} />
      </p>
    );
  }
  return (
    <ul class="Items" lang={ANSWERS}>
      {items.map((item, index) => (
        <li key={index}>
          <Linked text={item} />
        </li>
      ))}
    </ul>
  );
}
