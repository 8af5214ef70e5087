using PrivacyFunctions.LocalHost.TimeMachine;
using PrivacyFunctions.Tests.Ground;

namespace PrivacyFunctions.Tests.TimeMachine;

public sealed class TimelineTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("timeline.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Entries_AfterARestart_AreThereNewestFirst()
    {
        var told = new TimelineEntry
        {
            At = Start,
            IsStop = true,
            Woken = [new Woken("case-1", "Access")],
            WokenInAll = 1,
            Functions = ["Nightly"],
            Mails = [3, 4],
            Deletions = new Dictionary<string, long> { ["export"] = 2 },
        };
        var timeline = new Timeline(FilePath);
        timeline.Add(told);
        timeline.Add(Routine(1));

        var again = new Timeline(FilePath);
        var (entries, inAll) = again.Newest(0, 10);

        Assert.Equal(2, inAll);
        Assert.Equal(Start.AddDays(1), entries[0].At);
        Assert.Equivalent(told, entries[1], strict: true);
        Assert.Equal(4, again.LastMail);
    }

    [Fact]
    public void Routine_SeveralTimesInARow_IsOneEntryAlsoAfterARestart()
    {
        var timeline = new Timeline(FilePath);
        foreach (var day in Enumerable.Range(0, 30))
            timeline.Add(Routine(day));
        timeline.Add(Routine(30) with { Mails = [1] });
        timeline.Add(Routine(31));

        foreach (var each in new[] { timeline, new Timeline(FilePath), new Timeline(FilePath) })
        {
            var (entries, _) = each.Newest(0, 10);
            Assert.Equal([1, 1, 30], entries.Select(entry => entry.Times));
            Assert.Equal((Start, Start.AddDays(29)), (entries[2].At, entries[2].Until));
        }
    }

    [Fact]
    public void Nights_ThatEachDropABackup_AreOneEntryThatCountsThem()
    {
        var timeline = new Timeline(FilePath);
        foreach (var day in Enumerable.Range(0, 30))
            timeline.Add(Routine(day) with { Deletions = day < 10 ? [] : new Dictionary<string, long> { ["backup"] = 1 } });
        timeline.Add(Routine(30) with { Deletions = new Dictionary<string, long> { ["backup"] = 1, ["usage"] = 5 } });

        foreach (var each in new[] { timeline, new Timeline(FilePath) })
        {
            var (entries, _) = each.Newest(0, 10);
            Assert.Equal([1, 20, 10], entries.Select(entry => entry.Times));
            Assert.Equal(20, entries[1].Deletions["backup"]);
        }
    }

    [Fact]
    public void Entries_BeyondTheLimit_KeepTheNewestInMemoryAndInTheFile()
    {
        var timeline = new Timeline(FilePath, most: 10);
        foreach (var id in Enumerable.Range(1, 95))
            timeline.Add(new() { At = Start.AddDays(id), IsStop = true, Mails = [id] });

        Assert.Equal(95, timeline.LastMail);
        Assert.Equal(10, timeline.Newest(0, 100).InAll);
        Assert.InRange(File.ReadAllLines(FilePath).Length, 10, 20);
        Assert.Equal(
            Enumerable.Range(86, 10).Reverse().Select(id => (long)id),
            new Timeline(FilePath, most: 10).Newest(0, 100).Entries.SelectMany(entry => entry.Mails));
    }

    [Fact]
    public void File_CutOffByACrash_LosesTheHalfLineOnly()
    {
        var timeline = new Timeline(FilePath);
        timeline.Add(new() { At = Start, IsStop = true, Mails = [1] });
        File.AppendAllText(FilePath, "{\"at\":\"2026-03-0");

        new Timeline(FilePath).Add(new() { At = Start.AddDays(1), IsStop = true, Mails = [2] });

        Assert.Equal([2, 1], new Timeline(FilePath).Newest(0, 10).Entries.SelectMany(entry => entry.Mails));
    }

    private static TimelineEntry Routine(int day) => new() { At = Start.AddDays(day), IsStop = true, Functions = ["Nightly"] };
}
