using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>How much one mailbox can be asked about, on real tables.</summary>
[Clause("R-ACCESS")]
public sealed class AdmissionTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CasePlan Plan = new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14));

    private readonly FakeTimeProvider _time = new(Start);
    private readonly EmailAddress _mailbox = EmailAddress.Parse($"m-{Guid.NewGuid():N}@example.org");
    private readonly Requests _requests = new();
    private readonly SkippedWaits _waits = new();

    [Fact]
    public async Task Requests_BeyondADaysPlaces_JoinAnOpenOneAndTheNextDayHasPlacesAgain()
    {
        var desk = await OpenAsync();
        var opened = new List<CaseId>();
        for (var i = 0; i < MailAllowance.PlacesADay; i++) opened.Add(await desk.OpenedAsync());

        for (var i = 0; i < 3; i++)
            Assert.Contains(Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(FreshId())).Other, opened);
        Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(opened[0])); // repeated: its own place
        Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(FreshId(), CaseKind.Erasure)); // each kind has its own

        _time.Advance(TimeSpan.FromDays(1));
        Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(FreshId()));
    }

    [Fact]
    public async Task Requests_VeryManyAtOnce_OpenAsManyAsThereArePlaces()
    {
        var desk = await OpenAsync(TimeProvider.System);
        var admitted = await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            var id = FreshId();
            var answer = await desk.AdmitAsync(id);
            if (answer is Admitted.Opens) await desk.StoreAsync(id, CaseKind.Access);
            return answer;
        }));
        Assert.Equal(MailAllowance.PlacesADay, admitted.OfType<Admitted.Opens>().Count());
        Assert.Equal(60 - MailAllowance.PlacesADay, admitted.OfType<Admitted.Joins>().Count());
    }

    [Theory]
    [InlineData("access")]
    [InlineData("termination")]
    public async Task Request_AfterHundreds_CostsAsManyRoundTripsAsAfterAFew(string named)
    {
        var kind = CaseKind.Of(named);
        var desk = await OpenAsync();
        for (var i = 0; i < 30; i++) await desk.OpenedAsync(kind, i);
        var early = await CountAsync(1000);
        for (var i = 0; i < 300; i++) await desk.AdmitAsync(FreshId(), kind, account: 2000 + i);
        var late = await CountAsync(3000);

        Assert.Equal(early, late);
        Assert.InRange(late, 1, kind == CaseKind.Access ? 2 : 1 + MailAllowance.PlacesADay);

        async Task<int> CountAsync(int account)
        {
            var before = _requests.Count;
            Assert.IsNotType<Admitted.Opens>(await desk.AdmitAsync(FreshId(), kind, account));
            return _requests.Count - before;
        }
    }

    // Whoever sends forms in somebody's name takes no letter of theirs away, and forms get no more places because of letters.
    [Fact]
    public async Task Entry_OfAnOperator_OpensBesideFormsOfAnybody_AndJoinsOnlyWhatWasEntered()
    {
        var desk = await OpenAsync();
        for (var i = 0; i < MailAllowance.PlacesADay; i++) await desk.OpenedAsync();
        var entered = new List<CaseId>();
        for (var i = 0; i < MailAllowance.EnteredADay; i++)
        {
            var id = FreshId();
            for (var times = 1; times <= 2; times++) Assert.IsType<Admitted.Opens>(await desk.EnterAsync(id));
            entered.Add(await desk.StoreAsync(id, CaseKind.Access));
            Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(FreshId()));
        }

        for (var i = 0; i < 3; i++) Assert.Contains(Assert.IsType<Admitted.Joins>(await desk.EnterAsync(FreshId())).Other, entered);

        // The place of one that is closed is free for the next one that is entered, and for no form.
        await desk.Cases.ExecuteAsync<SubjectRequest>(
            entered[0], "close", Actors.System, _ => new Decision.Change(new CaseFact.Closed(CaseOutcome.Answered)), [], default);
        Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(FreshId()));
        Assert.IsType<Admitted.Opens>(await desk.EnterAsync(FreshId()));
    }

    [Fact]
    public async Task Place_OfAClosedCase_IsFreeAgain()
    {
        var desk = await OpenAsync();
        var opened = new List<CaseId>();
        for (var i = 0; i < MailAllowance.PlacesADay; i++) opened.Add(await desk.OpenedAsync());
        foreach (var id in opened)
            await desk.Cases.ExecuteAsync<SubjectRequest>(
                id, "close", Actors.System, _ => new Decision.Change(new CaseFact.Closed(CaseOutcome.Answered)), [], default);

        var again = await desk.OpenedAsync();
        Assert.Equal(again, Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(FreshId())).Other);
    }

    [Fact]
    public async Task Places_LeftByACrash_AreWaitedForAndThenFreeAgain()
    {
        var desk = await OpenAsync();
        for (var i = 0; i < MailAllowance.PlacesADay; i++) await desk.AdmitAsync(FreshId()); // and no case follows

        // Nobody joins a case that is never made.
        Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(FreshId()));
        Assert.InRange(_time.GetUtcNow() - Start, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Place_WhoseCaseIsStoredMeanwhile_IsJoined()
    {
        var desk = await OpenAsync();
        var ids = Enumerable.Range(0, MailAllowance.PlacesADay).Select(_ => FreshId()).ToList();
        foreach (var id in ids) await desk.AdmitAsync(id);
        _waits.Before = () => desk.StoreAsync(ids[1], CaseKind.Access).GetAwaiter().GetResult();

        Assert.Equal(ids[1], Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(FreshId())).Other);
    }

    [Fact]
    [Clause("T-ACTIVE")]
    public async Task Account_WhoseDayPassedInAnOutage_GetsAPlaceOfTodayOrLater()
    {
        var desk = await OpenAsync();
        var late = new List<CaseId>();
        for (var i = 0; i < MailAllowance.PlacesADay * 2; i++)
        {
            late.Add(FreshId());
            await desk.AdmitAsync(late[i], CaseKind.Termination, i);
            await desk.StoreAsync(late[i], CaseKind.Termination, i);
        }

        _time.Advance(TimeSpan.FromDays(5));
        var days = new List<DateOnly>();
        for (var again = 0; again < 2; again++)
        {
            days.Clear();
            for (var i = 0; i < late.Count; i++)
            {
                var own = new Applicant(late[i], AccountId.Parse($"a-{i}"));
                var admitted = await desk.Admission.AdmitAsync(
                    CaseKind.Termination, _mailbox, own, Start, _time.GetUtcNow(), CancellationToken.None);
                days.Add(Assert.IsType<Admitted.Opens>(admitted).AskedOn);
            }
        }

        Assert.Equal(
            [(new DateOnly(2026, 3, 7), MailAllowance.PlacesADay), (new DateOnly(2026, 3, 8), MailAllowance.PlacesADay)],
            days.CountBy(day => day).Select(day => (day.Key, day.Value)));
    }

    [Fact]
    [Clause("T-ACTIVE")]
    public async Task Accounts_BeyondADaysPlaces_AreAskedAboutOnTheNextDaysAndThenTurnedAway()
    {
        var desk = await OpenAsync();
        var days = new List<DateOnly>();
        for (var i = 0; i < MailAllowance.PlacesADay * (1 + Admission.DaysAhead); i++)
            days.Add((await desk.OpenedAsync(CaseKind.Termination, i)).AskedOn);

        Assert.All(days.CountBy(day => day), day => Assert.Equal(MailAllowance.PlacesADay, day.Value));
        Assert.Equal(new DateOnly(2026, 3, 2).AddDays(Admission.DaysAhead), days.Max());
        Assert.IsType<Admitted.TurnedAway>(await desk.AdmitAsync(FreshId(), CaseKind.Termination, account: 1000));
        Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(FreshId(), CaseKind.Termination, account: 10)); // waits for its day

        _time.Advance(TimeSpan.FromDays(1));
        var last = Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(FreshId(), CaseKind.Termination, account: 1000));
        Assert.Equal(days.Max().AddDays(1), last.AskedOn);
    }

    [Fact]
    public async Task Admit_OfARequestThatAnEarlierVersionTookIn_TakesAPlaceOrJoins()
    {
        var desk = await OpenAsync();
        var contacts = new Contacts(desk.Storage);
        var admit = new AdmitRequest(
            desk.Cases, contacts, Kinds.Requests, desk.Admission,
            new(desk.Cases, new(desk.Storage, Pepper, _time), LegalTimes.In("Europe/Dublin"), NullLogger<EarlierClocks>.Instance));
        var ids = new List<CaseId>();
        for (var i = 0; i <= MailAllowance.PlacesADay; i++)
        {
            ids.Add(await desk.StoreAsync(FreshId(), CaseKind.Access));
            await contacts.KeepAsync(ids[^1], _mailbox, null, null, default);
        }

        foreach (var id in ids.SkipLast(1)) Assert.Equal(CaseStatus.AwaitingConfirmation, await admit.RunAsync(new(id), default));
        for (var i = 0; i < 2; i++) Assert.Equal(CaseStatus.Closed, await admit.RunAsync(new(ids[^1]), default));
        Assert.Null(await contacts.FindAsync(ids[^1], default));
        Assert.Equal(
            ["received", "linked-to-open-case"],
            (await desk.Cases.AuditAsync(ids[^1], default)).Select(row => row.Content.Split("\"fact\":\"")[1].Split('"')[0]));
    }

    private static IOptions<PrivacyOptions> Pepper { get; } = Options.Create(new PrivacyOptions { Pepper = Convert.ToBase64String(new byte[32]) });

    private static CaseId FreshId() => CaseId.FromBytes(Guid.NewGuid().ToByteArray());

    private async Task<Desk> OpenAsync(TimeProvider? real = null)
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        var options = new TableClientOptions();
        options.AddPolicy(_requests, HttpPipelinePosition.PerCall);
        var storage = new RecordStorage(new TableServiceClient(connection, options), new BlobServiceClient(connection));
        var cases = new CaseStore(storage, new(storage, _time), new(storage, _time), Kinds.Json, _time);
        var allowance = new MailAllowance(storage, new(storage, Pepper, _time), real ?? _time);
        _waits.Clock = _time;
        return new(storage, cases, allowance, new(allowance, cases, real ?? _waits), _mailbox, _time);
    }

    /// <summary>Takes in what is asked for.</summary>
    private sealed record Desk(
        RecordStorage Storage, CaseStore Cases, MailAllowance Allowance, Admission Admission, EmailAddress Mailbox, TimeProvider Time)
    {
        public Task<Admitted> AdmitAsync(CaseId id) => AdmitAsync(id, CaseKind.Access);

        public Task<Admitted> EnterAsync(CaseId id) => Admission.AdmitAsync(
            CaseKind.Access, Mailbox, new(id) { IsEntered = true }, Time.GetUtcNow(), Time.GetUtcNow(), CancellationToken.None);

        public Task<Admitted> AdmitAsync(CaseId id, CaseKind kind, int account = 0) => Admission.AdmitAsync(
            kind, Mailbox, new(id, kind == CaseKind.Termination ? AccountId.Parse($"a-{account}") : null), Time.GetUtcNow(),
            Time.GetUtcNow(), CancellationToken.None);

        /// <summary>One that is opened and stored.</summary>
        public async Task<CaseId> OpenedAsync()
        {
            var id = FreshId();
            Assert.IsType<Admitted.Opens>(await AdmitAsync(id));
            return await StoreAsync(id, CaseKind.Access);
        }

        /// <summary>One of that kind that is stored if it is opened.</summary>
        public async Task<Admitted.Opens> OpenedAsync(CaseKind kind, int account = 0)
        {
            var id = FreshId();
            if (await AdmitAsync(id, kind, account) is not Admitted.Opens opened) return new(default);
            await StoreAsync(id, kind, account);
            return opened;
        }

        public async Task<CaseId> StoreAsync(CaseId id, CaseKind kind, int account = 0)
        {
            if (kind == CaseKind.Termination)
            {
                var plan = new TerminationPlan(LegalClock.Ordinary, TimeSpan.FromDays(14), 14);
                var asked = TerminationDecisions.Receive(
                    id, AccountId.Parse($"a-{account}"), TerminationBy.Owner, plan, Time.GetUtcNow());
                var wish = new TerminationFact.TerminationRequested(TerminationBy.Owner, asked.Account, "form", "c0");
                return (await Cases.CreateAsync(asked, [wish], Actors.Subject, CancellationToken.None)).Id;
            }

            var (received, fact) = RequestDecisions.Receive(
                Kinds.Request(kind.Name).New, id, Plan, Time.GetUtcNow(), new(2026, 3, 2),
                Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0");
            return (await Cases.CreateAsync(received, [fact], Actors.Subject, CancellationToken.None)).Id;
        }
    }

    /// <summary>The test's clock, which moves on by whatever is waited for.</summary>
    private sealed class SkippedWaits : TimeProvider
    {
        public FakeTimeProvider Clock { get; set; } = new();

        /// <summary>Happens while somebody waits.</summary>
        public Action Before { get; set; } = () => { };

        public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Before();
            Clock.Advance(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    /// <summary>Counts what goes to the tables.</summary>
    private sealed class Requests : HttpPipelineSynchronousPolicy
    {
        private int _count;

        public int Count => _count;

        public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _count);
    }
}
