namespace Footfall.Server.Admin;

/// <summary>The raw dump in Elasticsearch.</summary>
/// <param name="Nodes">Of Elasticsearch and of Logstash, without passwords.</param>
/// <param name="DeadNodes">Those that did not answer last.</param>
/// <param name="Delivered">Hits that this process delivered since its start.</param>
/// <param name="Repeated">Hits among them that were there already.</param>
/// <param name="Refused">Hits that the index refused for good, ever; null when it cannot be asked.</param>
/// <param name="LagBytes">Hits of this process's partitions that are not delivered.</param>
/// <param name="Failed">Why nothing is delivered, or null.</param>
sealed record SearchStatus(
    IReadOnlyList<Uri> Nodes, IReadOnlyList<Uri> DeadNodes, long Delivered, long Repeated, long? Refused, long LagBytes, string? Failed);
