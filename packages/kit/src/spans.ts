import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attributes, Span, Tracer } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** The span that the present work belongs to, and how to tell others of it. */
export interface ActiveSpan {
  span: Span;
  tracer: Tracer;
  /** The headers with which another process continues the trace at a span. */
  headersOf(span: Span): Record<string, string>;
}

const active = new AsyncLocalStorage<ActiveSpan>();

/** Runs work as part of a span. Without one, every function here does nothing but look. */
export const runAs = <Result>(span: ActiveSpan, work: () => Result): Result => active.run(span, work);

export const activeSpan = (): ActiveSpan | undefined => active.getStore();

/** What a log line says of the trace that it belongs to. */
export function traceFields(): { traceId?: string; spanId?: string } {
  const span = active.getStore()?.span.spanContext();
  return span ? { traceId: span.traceId, spanId: span.spanId } : {};
}

/** Runs work that does not wait as a span of its own. */
export function inSpan<Result>(name: string, work: () => Result): Result {
  const within = active.getStore();
  if (!within) return work();
  const span = begin(within, name, SpanKind.INTERNAL, {});
  try {
    return work();
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(error) });
    throw error;
  } finally {
    span.end();
  }
}

/** Runs a call to another process as a span of its own; its headers carry the trace on. */
export async function inClientSpan<Result>(
  within: ActiveSpan,
  name: string,
  attributes: Attributes,
  call: (headers: Record<string, string>, span: Span) => Promise<Result>,
): Promise<Result> {
  const span = begin(within, name, SpanKind.CLIENT, attributes);
  try {
    return await call(within.headersOf(span), span);
  } catch (error) {
    span.setAttribute('error.type', nameOf(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

const begin = ({ tracer, span }: ActiveSpan, name: string, kind: SpanKind, attributes: Attributes) =>
  tracer.startSpan(name, { kind, attributes }, trace.setSpan(ROOT_CONTEXT, span));

/** What kind of failure it is; a message could hold what nobody outside should read. */
function nameOf(error: unknown): string {
  const { kind, fault } = (error ?? {}) as { kind?: unknown; fault?: unknown };
  if (typeof kind === 'string') return kind;
  if (typeof fault === 'string') return fault;
  return error instanceof Error ? error.name : 'unknown';
}
