using System.Net;
using System.Net.Http.Json;
using PrivacyFunctions.LocalHost.TimeMachine;

namespace PrivacyFunctions.Tests.TimeMachine;

[Collection(AloneWithTheMeter.Name)]
public sealed class TimeMachineTests
{
    private static readonly DateTimeOffset Start = MachineUnderTest.Start;

    [Fact]
    public async Task Move_ByJson_TellsWhatWasWokenRunSentAndDeleted()
    {
        await using var machine = await MachineUnderTest.StartAsync();
        await machine.BeginCaseAsync("case-1");
        var coming = await machine.TimelineAsync();
        Assert.Equal(new UpcomingTimer(Start.AddDays(3), "Wait", "case-1"), Assert.Single(coming.Upcoming));
        Assert.Equal([("Frequent", false), ("Nightly", true)], coming.Functions.Select(function => (function.Name, function.IsStop)));
        Assert.Empty(coming.Past);

        var moved = await machine.MoveAsync(new { by = "5.00:00:00" });
        Assert.Equal(Start.AddDays(5), moved.GetProperty("now").GetDateTimeOffset());
        Assert.Equal(7, moved.GetProperty("stops").GetArrayLength());

        var past = (await machine.TimelineAsync()).Past;
        var noon = Start.AddHours(1.5);
        Assert.Equal([noon.AddDays(3), Start.AddDays(3), noon], past.Select(entry => entry.At));
        Assert.Equal([2, 1, 3], past.Select(entry => entry.Times));
        Assert.Equal(["Nightly"], past[0].Functions);
        Assert.Equal(new Woken("case-1", "Wait"), Assert.Single(past[1].Woken));
        Assert.Equal(7, past[1].Deletions[MachineUnderTest.DeletedThing]);
        var mail = Assert.Single(past[1].Mails);
        Assert.Equal("case-1 was woken", mail.Subject);
        Assert.Contains("case-1 was woken", await machine.Http.GetStringAsync(mail.Link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeline_AfterARestart_IsStillThere()
    {
        await using var machine = await MachineUnderTest.StartAsync();
        await machine.BeginCaseAsync("case-1");
        await machine.MoveAsync(new { to = "2026-03-10" });
        machine.Send("Your code");
        await machine.ReopenAsync();

        var past = (await machine.TimelineAsync()).Past;

        Assert.Equal(["Your code", "case-1 was woken"], past.SelectMany(entry => entry.Mails).Select(mail => mail.Subject));
        Assert.Equal([false, true, true, true], past.Select(entry => entry.IsStop));
    }

    [Fact]
    public async Task Mail_SentByAClickBetweenMoves_IsToldAtOnceAndKeptByTheNextMove()
    {
        await using var machine = await MachineUnderTest.StartAsync();
        machine.Send("Your code");
        var told = Assert.Single((await machine.TimelineAsync()).Past);
        Assert.Equal((false, "Your code"), (told.IsStop, Assert.Single(told.Mails).Subject));

        await machine.MoveAsync(new { by = "next" });

        var past = (await machine.TimelineAsync()).Past;
        Assert.Equal([true, false], past.Select(entry => entry.IsStop));
        Assert.Equal("Your code", Assert.Single(past[1].Mails).Subject);
    }

    [Fact]
    public async Task Mail_DeletedFromTheOutbox_IsStillCountedWithoutALink()
    {
        await using var machine = await MachineUnderTest.StartAsync();
        machine.Send("Your code");
        await machine.MoveAsync(new { by = "next" });
        using (await machine.Http.DeleteAsync("/api/mails"))
            Assert.Equal(new SentMail(1, null, null), Assert.Single((await machine.TimelineAsync()).Past[^1].Mails));
        Assert.Contains("deleted from the outbox since", await machine.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_MoveThatTakesLong_ShowsItsProgressThenTheEnd()
    {
        await using var machine = await MachineUnderTest.StartAsync();
        await machine.BeginCaseAsync("case-1");
        var gate = machine.CloseGate();
        using (var begun = await machine.PostAsync("/time", ("by", "14.00:00:00")))
            Assert.Equal("/time", begun.Headers.Location?.ToString());
        var page = await machine.PageAsync();
        Assert.Contains("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        Assert.Contains("3 stops so far", page, StringComparison.Ordinal);
        Assert.Contains("Wednesday 4 March 2026, 10:30:00 UTC", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"by\"", page, StringComparison.Ordinal);

        gate.SetResult();
        await UntilOverAsync(machine);

        page = await machine.PageAsync();
        Assert.DoesNotContain("http-equiv=\"refresh\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"by\"", page, StringComparison.Ordinal);
        Assert.Equal(Start.AddDays(14), machine.Host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Page_MoveStoppedByItsButton_StaysWhereItIsAndSaysSo()
    {
        await using var machine = await MachineUnderTest.StartAsync();
        await machine.BeginCaseAsync("case-1");
        var gate = machine.CloseGate();
        using (await machine.PostAsync("/time", ("by", "14.00:00:00")))
        using (await machine.PostAsync("/time/stop"))
            await UntilOverAsync(machine);
        Assert.Equal(Start.AddDays(3), machine.Host.Clock.GetUtcNow());
        Assert.Contains("stopped on its way, after 3 stops", await machine.PageAsync(), StringComparison.Ordinal);
        gate.SetResult();
    }

    [Fact]
    public async Task MoveToEnd_OfOneDurableTimer_EndsThere()
    {
        await using var machine = await MachineUnderTest.StartAsync();
        await machine.BeginCaseAsync("case-1");
        var moved = await machine.MoveAsync(new { by = "end" });
        Assert.Equal(Start.AddDays(3), moved.GetProperty("now").GetDateTimeOffset());
        Assert.True(moved.GetProperty("isComplete").GetBoolean());
        Assert.Contains("No durable timer waits", await machine.PageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("by", "-1.00:00:00")]
    [InlineData("by", "soon")]
    [InlineData("to", "2026-02-01")]
    [InlineData("to", "")]
    public async Task Move_BackOrNonsense_IsRefusedByPageAndJson(string name, string value)
    {
        await using var machine = await MachineUnderTest.StartAsync();
        using var json = await machine.Http.PostAsJsonAsync("/api/clock", new Dictionary<string, string> { [name] = value });
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        using var page = await machine.PostAsync("/time", (name, value));
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("moves forward only", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(Start, machine.Host.Clock.GetUtcNow());
    }

    private static Task UntilOverAsync(MachineUnderTest machine) => machine.Parts.Moves.WhenOver.WaitAsync(TimeSpan.FromSeconds(30));
}
