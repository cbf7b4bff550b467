namespace Footfall.Core.Hits;

/// <summary>Why a request's events were refused, in words for the developer who sent them.</summary>
/// <param name="Index">Place of the event in the request, from 0; -1 when it is the request itself.</param>
/// <param name="Field">The field at fault, such as <c>props.color</c>; empty when it is the event as a whole.</param>
/// <param name="Limit">The limit that was passed, when there is one.</param>
/// <param name="UnknownSite">Nothing is wrong but that there is no such site.</param>
public sealed record HitError(int Index, string Field, string Detail, long? Limit = null, bool UnknownSite = false);
