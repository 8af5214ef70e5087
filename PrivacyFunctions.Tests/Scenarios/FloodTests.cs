using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;
using Xunit.Abstractions;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>
/// Somebody posts a stranger's address very often. The stranger gets a few mails, keeps all rights, and nobody else waits. Two
/// thousand posts are the promise; a twentieth is enough for every run, and <c>PF_SCALE=1</c> runs the whole.
/// </summary>
[Clause("R-ACCESS")]
public class FloodTests(ITestOutputHelper output)
{
    private const int Promised = 2000;
    private const double Ordinary = 0.05;
    private const int MailsADay = 3;
    private const int AccountsAhead = 21; // three a day, for today and six days

    private static readonly int Posts = (int)(Promised * Share);

    private static double Share => Environment.GetEnvironmentVariable("PF_SCALE") is { Length: > 0 } share
        ? double.Parse(share, CultureInfo.InvariantCulture)
        : Ordinary;

    [Theory]
    [InlineData("access", "Please confirm your request for your personal data")]
    [InlineData("erasure", "Please confirm your request to erase")]
    public async Task Requests_VeryManyForOneMailbox_OpenAFewAndHoldUpNobodyElse(string right, string subject)
    {
        var host = await ScenarioHost.SharedAsync();
        var (victim, calm, bystander) = (DataSubject.Stranger(host), DataSubject.Stranger(host), DataSubject.Stranger(host));
        var alone = await UntilAskedAsync(calm, right, subject);

        var (references, posted, underWay) = (new HashSet<string>(), 0, new TaskCompletionSource());
        var flood = Parallel.ForEachAsync(Enumerable.Range(0, Posts), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            var reference = (await PostAsync(host, $"requests/{right}", new { email = victim.Address })).Reference;
            lock (references) references.Add(reference);
            if (Interlocked.Increment(ref posted) == Posts / 4) underWay.SetResult();
        });
        await underWay.Task;
        var beside = await UntilAskedAsync(bystander, right, subject);
        var left = Posts - posted;
        await flood;
        output.WriteLine($"{Posts} posts, {left} of them after the bystander's mail: "
            + $"{beside.TotalMilliseconds:N0} ms to the mail, {alone.TotalMilliseconds:N0} ms without the flood: {beside / alone:N1} times");

        // Each has a reference of its own. Three are cases with an address, a workflow and a mail; the others are closed at once.
        Assert.Equal(Posts, references.Count);
        Assert.Equal(MailsADay, await OpenCasesAsync(host, victim.Address));
        var open = new List<string>();
        foreach (var reference in references)
        {
            var view = await host.CaseAsync(reference);
            if (view.Status() == "closed") Assert.Equal(["received", "linked-to-open-case"], view.Facts());
            else open.Add(reference);
        }

        Assert.Equal(MailsADay, open.Count);
        await host.UntilAsync(async () => (await host.Outbox.AllAsync(victim.Address)).Count == MailsADay);

        // The stranger can use the right all the same: by any of the mails, which serve what they ask themselves, too.
        Assert.Equal("closed", (await host.CaseAsync(await victim.AskAsync(right: right))).Status());
        var mail = (await host.Outbox.AllAsync(victim.Address, subject))[0];
        using var confirmed = await victim.PostAsync(DataSubject.LinkIn(mail));
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        Assert.InRange(beside, TimeSpan.Zero, TimeSpan.FromMinutes(1)); // however slow the machine: not behind the flood
    }

    [Fact]
    [Clause("R-OBJECT")]
    public async Task Objections_VeryManyForOneMailbox_OpenAFewAndTheOthersLeaveNoAddress()
    {
        var host = await ScenarioHost.SharedAsync();
        var victim = DataSubject.Stranger(host);
        var references = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Posts), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
            references.Add((await PostAsync(host, "requests/objection", new { email = victim.Address })).Reference));

        Assert.Equal(Posts, references.Distinct().Count());
        await host.UntilAsync(async () => await OpenCasesAsync(host, victim.Address) == 0);
        var joined = 0;
        foreach (var reference in references)
            joined += (await host.CaseAsync(reference)).Facts().SequenceEqual(["received", "linked-to-open-case"]) ? 1 : 0;
        Assert.Equal(Posts - MailsADay, joined);
        Assert.Equal(MailsADay, (await host.Outbox.AllAsync(victim.Address)).Count);
    }

    [Fact]
    [Clause("T-ACTIVE")]
    public async Task Accounts_VeryManyForOneMailbox_AreAnsweredAlikeAndAFewAreOpened()
    {
        var host = await ScenarioHost.SharedAsync();
        var victim = DataSubject.Stranger(host).Address;
        var (answers, references) = (new HashSet<string>(), new HashSet<string>());
        for (var i = 0; i < Posts; i++)
        {
            var (reference, message) = await PostAsync(host, "accounts/end", new { email = victim, account = $"f-{i}" });
            references.Add(reference);
            answers.Add(message);
        }

        Assert.Equal(Posts, references.Count);
        Assert.Single(answers);
        Assert.Equal(AccountsAhead, await OpenCasesAsync(host, victim));
        await host.UntilAsync(async () => (await host.Outbox.AllAsync(victim)).Count >= MailsADay);
        Assert.InRange((await host.Outbox.AllAsync(victim, TerminationMails.Confirm)).Count, MailsADay, AccountsAhead);
    }

    [LocalFact("moves its clock", typeof(FloodTests))]
    [Clause("T-ACTIVE")]
    public async Task Accounts_BeyondADaysMails_AreAskedAboutOnTheNextDaysAndNoMoreComes()
    {
        await using var host = await LocalHostHere.StartWithoutPeopleAsync();
        var victim = DataSubject.Stranger(host).Address;
        for (var i = 0; i < 40; i++) await PostAsync(host, "accounts/end", new { email = victim, account = $"f-{i}", submission = "s" });
        for (var day = 1; day <= 7; day++)
        {
            await host.UntilAsync(async () => (await MailsAsync()).Count == day * MailsADay);
            await host.PassAsync(TimeSpan.FromDays(1));
        }

        // The same wish that was turned away finds a place now, and its mail comes the same day.
        await PostAsync(host, "accounts/end", new { email = victim, account = "f-39", submission = "s" });
        await host.UntilAsync(async () => (await MailsAsync()).Count == AccountsAhead + 1);
        await host.PassAsync(TimeSpan.FromDays(16));
        Assert.Equal(AccountsAhead + 1, (await MailsAsync()).Count);
        Assert.Equal(AccountsAhead + 1, (await host.Outbox.AllAsync(victim, TerminationMails.GoesOn)).Count);

        Task<IReadOnlyList<LocalHost.Outbox.StoredMail>> MailsAsync() => host.Outbox.AllAsync(victim, TerminationMails.Confirm);
    }

    private static async Task<TimeSpan> UntilAskedAsync(DataSubject person, string right, string subject)
    {
        var watch = Stopwatch.StartNew();
        await person.AskAsync(right: right);
        await person.LinkAsync(subject);
        return watch.Elapsed;
    }

    private static async Task<(string Reference, string Message)> PostAsync(ScenarioHost host, string path, object body)
    {
        using var answer = await host.App.PostAsJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (said.GetProperty("reference").GetString()!, said.GetProperty("message").GetString()!);
    }

    // Only what was opened has a mailbox to write to.
    private static async Task<int> OpenCasesAsync(ScenarioHost host, string address) =>
        await new TableServiceClient(host.Storage).GetTableClient("privacyContacts")
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Address eq {address}")).CountAsync();
}
