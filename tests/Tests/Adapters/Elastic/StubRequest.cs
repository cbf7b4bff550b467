namespace Footfall.Tests.Adapters.Elastic;

/// <summary>What a <see cref="StubNode"/> was asked.</summary>
/// <param name="IsPacked">Whether the body came compressed; here it is not.</param>
sealed record StubRequest(string Method, string Path, string? Authorization, string? ContentType, bool IsPacked, string Body);
