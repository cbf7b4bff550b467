namespace Footfall.Server.Collect;

/// <summary>How many events are durable now.</summary>
sealed record AcceptedDocument(int Accepted);
