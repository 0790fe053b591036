/** Sums, units and validity as the server writes them (assistant/answering/messages.py, labels.py); tests hold the two together. */

import { PER_ENGLISH } from "./phrases.js";
import { fill, wordsFor } from "./words.js";

const CURRENCIES = {
  CNY: "元", USD: "美元", EUR: "欧元", GBP: "英镑", JPY: "日元", HKD: "港元", TWD: "新台币元", MOP: "澳门元", SGD: "新加坡元",
  AUD: "澳大利亚元", CAD: "加拿大元", NZD: "新西兰元", CHF: "瑞士法郎", KRW: "韩元", KPW: "朝鲜元", RUB: "俄罗斯卢布", INR: "印度卢比", THB: "泰国铢",
  VND: "越南盾", IDR: "印尼盾", MYR: "马来西亚林吉特", PHP: "菲律宾比索", MXN: "墨西哥比索", SEK: "瑞典克朗", NOK: "挪威克朗", DKK: "丹麦克朗",
  ZAR: "南非兰特", BRL: "巴西雷亚尔", TRY: "土耳其里拉", PLN: "波兰兹罗提", AED: "阿联酋迪拉姆", SAR: "沙特里亚尔", ILS: "以色列谢克尔", NGN: "尼日利亚奈拉",
  KZT: "哈萨克斯坦坚戈", MNT: "蒙古图格里克", BTC: "比特币", USDT: "泰达币",
};
const TRADITIONAL = { 场: "場", 户: "戶", 项: "項", 个: "個", 台: "臺", 亩: "畝", 吨: "噸", 业: "業", 辆: "輛", 欧: "歐", 万: "萬", 亿: "億", 币: "幣", 镑: "鎊", 门: "門", 亚: "亞", 兰: "蘭", 韩: "韓", 鲜: "鮮", 罗: "羅", 卢: "盧", 国: "國", 铢: "銖", 马: "馬", 来: "來", 宾: "賓", 麦: "麥", 尔: "爾", 兹: "茲", 联: "聯", 谢: "謝", 萨: "薩", 坚: "堅", 图: "圖", 达: "達" };

const traditional = (text) => Array.from(text, (character) => TRADITIONAL[character] ?? character).join("");

/** A decimal string with its point moved `places` to the left: money never becomes a binary float. */
function shifted(amount, places) {
  const [whole, fraction = ""] = amount.split(".");
  const digits = whole.padStart(places + 1, "0");
  const cut = digits.length - places;
  const decimals = (digits.slice(cut) + fraction).replace(/0+$/, "");
  return { whole: digits.slice(0, cut).replace(/^0+(?=\d)/, ""), decimals };
}

const joined = ({ whole, decimals }) => (decimals ? `${whole}.${decimals}` : whole);

function grouped(amount) {
  const { whole, decimals } = shifted(amount, 0);
  return joined({ whole: whole.replace(/\B(?=(\d{3})+$)/g, ","), decimals });
}

/** An amount as a reader of the language expects it: `360万元`, `RMB 3.6 million`. */
export function money(amount, currency, language) {
  const english = language === "en";
  const steps = english ? [[9, "billion", 3], [6, "million", 3]] : [[8, "亿", 4], [4, "万", 4]];
  const unit = english ? (currency === "CNY" ? "RMB" : currency) : CURRENCIES[currency] ?? currency;
  let text = english ? `${unit} ${grouped(amount)}` : `${grouped(amount)}${unit}`;
  for (const [places, word, most] of steps) {
    const part = shifted(amount, places);
    if (part.whole !== "0" && part.decimals.length <= most) {
      text = english ? `${unit} ${joined(part)} ${word}` : `${joined(part)}${word}${unit}`;
      break;
    }
  }
  return language === "zh-Hant" ? traditional(text) : text;
}

/** `/年` or ` per year`; empty for a whole sum. */
export function per(unit, language) {
  if (!unit) return "";
  if (language !== "en") return `/${language === "zh-Hant" ? traditional(unit) : unit}`;
  const [, number, name] = /^(\d+)?(.*)$/s.exec(unit);
  const english = PER_ENGLISH[name] ?? name;
  return ` per ${number === undefined || number === "1" ? english : `${number} ${english}`}`;
}

/** The figure with its bound in words: `最高 360万元`, `1,000元/人`. */
export function amountText(figure, language) {
  const prefix = figure.bound === "at_most" ? wordsFor(language).atMostPrefix : "";
  return prefix + money(figure.amount, figure.currency, language) + per(figure.per, language);
}

/** A fact the figure was worked out from, with its unit. */
export function factText(fact, language) {
  if (fact.unit === "yuan") return money(fact.value, "CNY", language);
  return grouped(fact.value) + (wordsFor(language).units[fact.unit] ?? ` ${fact.unit}`);
}

/** Whether the cited document binds on a day (`YYYY-MM-DD`): `{ text, tone }`, tone good, over or note. */
export function badge(citation, today, language) {
  const words = wordsFor(language);
  const { valid_from: from, valid_to: to, planning_to: planning } = citation;
  if (!citation.in_force) {
    if (from && today < from) return { text: fill(words.notYet, { day: from }), tone: "note" };
    return { text: to ? fill(words.expired, { day: to }) : words.over, tone: "over" };
  }
  if (planning && planning < Number(today.slice(0, 4))) return { text: fill(words.planningOver, { year: planning }), tone: "note" };
  return { text: words.inForce, tone: "good" };
}

/** Today in the visitor's own time zone, `YYYY-MM-DD`. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Private-use glyphs that files print as a decimal point, made readable; the length stays the same. */
export function readable(text) {
  return text.replaceAll("\ue010", ".");
}
