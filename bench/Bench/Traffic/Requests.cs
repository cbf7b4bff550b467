using System.Net;
using System.Text;
using Footfall.Bench.Load;

namespace Footfall.Bench.Traffic;

/// <summary>Whole requests, made before the run.</summary>
static class Requests
{
    public const string Site = "bench.example";

    /// <summary>The body of the target: one event in 400 bytes.</summary>
    public const int SingleBytes = 400;

    /// <summary>Requests of one event each.</summary>
    public static RequestTemplate[] Singles(IPEndPoint target, int count)
    {
        var events = new EventWriter(seed: 1);
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var body = new StringBuilder();
            events.Write(body, Site, SingleBytes);
            return Template(target, index, body.ToString());
        })];
    }

    /// <summary>Requests of many events each.</summary>
    public static RequestTemplate[] Batches(IPEndPoint target, int count, int eventsEach)
    {
        var events = new EventWriter(seed: 2);
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var body = new StringBuilder("[");
            for (var i = 0; i < eventsEach; i++)
                events.Write(i == 0 ? body : body.Append(','), Site);
            return Template(target, index, body.Append(']').ToString());
        })];
    }

    static RequestTemplate Template(IPEndPoint target, int index, string body)
    {
        var agent = Browsers.All[index % Browsers.All.Count];
        var bytes = Encoding.UTF8.GetBytes(
            $"POST /api/v1/events HTTP/1.1\r\nHost: {target}\r\nUser-Agent: {agent}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        return new RequestTemplate(bytes, RunsOf(bytes, (byte)EventWriter.IdMark), RunsOf(bytes, (byte)EventWriter.VisitorMark));
    }

    static int[] RunsOf(byte[] bytes, byte mark) =>
        [.. Enumerable.Range(1, bytes.Length - 1).Where(at => bytes[at] == mark && bytes[at - 1] != mark)];
}
