namespace Footfall.Core.Enrichment;

/// <summary>One row of the table of channels.</summary>
public sealed record ChannelRule(string Channel, Func<ChannelEvidence, bool> Matches);
