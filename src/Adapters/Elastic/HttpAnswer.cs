using System.Net;
using System.Text;
using System.Text.Json;

namespace Footfall.Adapters.Elastic;

/// <summary>What a node answered.</summary>
sealed record HttpAnswer(Uri Node, HttpStatusCode Status, byte[] Body)
{
    const int SaidMost = 300;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Whether the node has too much to do.</summary>
    public bool IsBusy => Status == HttpStatusCode.TooManyRequests;

    /// <summary>The beginning of what it said, for an operator.</summary>
    public string Said => $"{Node} answered {(int)Status}: {Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, SaidMost)))}";

    public JsonElement Json() => JsonElement.Parse(Body);
}
