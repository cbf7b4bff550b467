using Footfall.Core.Hits;

namespace Footfall.Server.Collect;

/// <summary>What became of a request's events: accepted and durable (the default), refused for an error, or put off.</summary>
/// <param name="RetryAfterSeconds">Above 0 when a rate limit was passed.</param>
readonly record struct Verdict(HitError? Error, int RetryAfterSeconds);
