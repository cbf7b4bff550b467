using System.Net;

namespace Footfall.Server.Collect;

/// <summary>Who sent a request, as far as the connection and its headers tell.</summary>
/// <param name="Address">The client's address; through a trusted proxy, the one the proxy names.</param>
/// <param name="Account">Whose key it holds, and so for whose sites it is trusted.</param>
/// <param name="RequestId">What a trusted proxy calls the request, however often it sends it; null without one.</param>
/// <param name="Trusted">It holds a key that lets it speak for others: time, address and agent it gives are believed.</param>
readonly record struct Sender(IPAddress? Address, string UserAgent, string AcceptLanguage, bool DoNotTrack, bool Trusted, int Account = 0, string? RequestId = null);
