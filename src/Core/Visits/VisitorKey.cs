namespace Footfall.Core.Visits;

/// <summary>Whose visits are kept apart: a bot's events never prolong a person's visit, and a session id sent by the client decides alone.</summary>
public readonly record struct VisitorKey(int Site, ulong Visitor, ulong SessionKey, bool Bot);
