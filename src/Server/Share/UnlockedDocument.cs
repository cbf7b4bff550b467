namespace Footfall.Server.Share;

/// <param name="Token">To be sent as a bearer token.</param>
sealed record UnlockedDocument(string Token);
