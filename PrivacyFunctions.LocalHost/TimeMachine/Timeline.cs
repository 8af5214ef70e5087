using System.Text;
using System.Text.Json;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>
/// What has happened, the newest few thousand entries, kept in a file of one JSON object per line that outlives the process.
/// A line that a crash cut off is left out. Safe for concurrent use.
/// </summary>
internal sealed class Timeline
{
    private readonly string _path;
    private readonly int _most;
    private readonly Lock _gate = new();
    private readonly List<TimelineEntry> _entries = [];
    private int _lines;

    /// <summary>Loads what earlier runs have seen.</summary>
    /// <param name="most">How many entries are kept.</param>
    public Timeline(string path, int most = 4000)
    {
        (_path, _most) = (path, most);
        foreach (var line in (AtomicFile.Read(path) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TryRead(line) is { } entry)
                Take(entry);
        }

        Rewrite();
    }

    /// <summary>The id of the newest mail that is told of; 0 when none is.</summary>
    public long LastMail { get; private set; }

    /// <summary>Adds what happened next; it is in the file when this returns.</summary>
    public void Add(TimelineEntry entry)
    {
        lock (_gate)
        {
            Take(entry);
            if (++_lines > 2 * _most)
                Rewrite();
            else
                Append(entry);
        }
    }

    /// <summary>Some entries, the newest first, and how many there are in all.</summary>
    public (IReadOnlyList<TimelineEntry> Entries, int InAll) Newest(int skip, int take)
    {
        lock (_gate)
            return ([.. _entries.AsEnumerable().Reverse().Skip(skip).Take(take)], _entries.Count);
    }

    private void Take(TimelineEntry entry)
    {
        LastMail = entry.Mails.Append(LastMail).Max();
        if (_entries is [.., var last] && last.With(entry) is { } both)
            _entries[^1] = both;
        else
            _entries.Add(entry);
        if (_entries.Count > _most)
            _entries.RemoveRange(0, _entries.Count - _most);
    }

    private void Append(TimelineEntry entry)
    {
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(Line(entry)));
    }

    private void Rewrite()
    {
        AtomicFile.Write(_path, string.Concat(_entries.Select(Line)));
        _lines = _entries.Count;
    }

    private static string Line(TimelineEntry entry) => JsonSerializer.Serialize(entry, JsonSerializerOptions.Web) + "\n";

    private static TimelineEntry? TryRead(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TimelineEntry>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
