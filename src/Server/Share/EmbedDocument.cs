namespace Footfall.Server.Share;

/// <param name="Address">Relative to the server's.</param>
sealed record EmbedDocument(string Token, string Address);
