using System.Buffers;
using System.Text;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Looks for the people of the run where nobody may be named: logs, histories, our records, and links.</summary>
internal sealed class Traces(MixedWorld world)
{
    /// <summary>Looks through everything.</summary>
    /// <param name="mails">The mails of the run.</param>
    public async Task LookAsync(IEnumerable<StoredMail> mails)
    {
        var traces = world.Stories.Select(story => story.Person).Distinct()
            .SelectMany(person => person.Addresses.Append(person.Name)).Concat(world.Stories.Select(story => story.Agent).OfType<string>())
            .Distinct().SelectMany(LeakLook.TracesOf).Distinct().ToList();
        var any = SearchValues.Create([.. traces], StringComparison.OrdinalIgnoreCase);
        Look("the log", world.Host.Output);
        foreach (var name in new[] { "engine.db", "engine.db-wal" })
            if (Path.Combine(world.Host.Folder, name) is var file && File.Exists(file)) Look("a history", await ReadAsync(file));
        foreach (var mail in mails)
            foreach (var link in mail.Text!.Split().Where(word => word.StartsWith("http", StringComparison.Ordinal)))
                Look($"a link of \"{mail.Subject}\"", link);
        await foreach (var (place, text) in LeakLook.EverythingAsync(world.Host)) Look(place, text);

        void Look(string place, string text)
        {
            if (text.AsSpan().IndexOfAny(any) is >= 0 and var at)
                world.Complain(null, $"{place} names {traces.Find(trace => text.AsSpan(at).StartsWith(trace, StringComparison.OrdinalIgnoreCase))}.");
        }
    }

    private static async Task<string> ReadAsync(string file)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new MemoryStream();
        await open.CopyToAsync(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
