using Microsoft.AspNetCore.DataProtection;
using Azure.Core;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
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
    [Fact]
    public async Task Requests_BeyondADaysPlaces_JoinAnOpenOneAndTheNextDayHasPlacesAgain()
    {
        var desk = await AdmissionDesk.OpenAsync();
        var opened = new List<CaseId>();
        for (var i = 0; i < MailAllowance.PlacesADay; i++) opened.Add(await desk.OpenedAsync());

        for (var i = 0; i < 3; i++)
            Assert.Contains(Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(AdmissionDesk.FreshId())).Other, opened);
        Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(opened[0])); // repeated: its own place
        Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(AdmissionDesk.FreshId(), CaseKind.Erasure)); // each kind has its own

        desk.Time.Advance(TimeSpan.FromDays(1));
        Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(AdmissionDesk.FreshId()));
    }

    [Fact]
    public async Task Requests_VeryManyAtOnce_OpenAsManyAsThereArePlaces()
    {
        var desk = await AdmissionDesk.OpenAsync(TimeProvider.System);
        var admitted = await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            var id = AdmissionDesk.FreshId();
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
        var desk = await AdmissionDesk.OpenAsync();
        for (var i = 0; i < 30; i++) await desk.OpenedAsync(kind, i);
        var early = await CountAsync(1000);
        for (var i = 0; i < 300; i++) await desk.AdmitAsync(AdmissionDesk.FreshId(), kind, account: 2000 + i);
        var late = await CountAsync(3000);

        Assert.Equal(early, late);
        Assert.InRange(late, 1, kind == CaseKind.Access ? 2 : 1 + MailAllowance.PlacesADay);

        async Task<int> CountAsync(int account)
        {
            var before = desk.RoundTrips;
            Assert.IsNotType<Admitted.Opens>(await desk.AdmitAsync(AdmissionDesk.FreshId(), kind, account));
            return desk.RoundTrips - before;
        }
    }

    // Whoever sends forms in somebody's name takes no letter of theirs away, and forms get no more places because of letters.
    [Fact]
    public async Task Entry_OfAnOperator_OpensBesideFormsOfAnybody_AndJoinsOnlyWhatWasEntered()
    {
        var desk = await AdmissionDesk.OpenAsync();
        for (var i = 0; i < MailAllowance.PlacesADay; i++) await desk.OpenedAsync();
        var entered = new List<CaseId>();
        for (var i = 0; i < MailAllowance.EnteredADay; i++)
        {
            var id = AdmissionDesk.FreshId();
            for (var times = 1; times <= 2; times++) Assert.IsType<Admitted.Opens>(await desk.EnterAsync(id));
            entered.Add(await desk.StoreAsync(id, CaseKind.Access));
            Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(AdmissionDesk.FreshId()));
        }

        for (var i = 0; i < 3; i++) Assert.Contains(Assert.IsType<Admitted.Joins>(await desk.EnterAsync(AdmissionDesk.FreshId())).Other, entered);

        // The place of one that is closed is free for the next one that is entered, and for no form.
        await desk.Cases.ExecuteAsync<SubjectRequest>(
            entered[0], "close", Actors.System, _ => new Decision.Change(new CaseFact.Closed(CaseOutcome.Answered)), [], default);
        Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(AdmissionDesk.FreshId()));
        Assert.IsType<Admitted.Opens>(await desk.EnterAsync(AdmissionDesk.FreshId()));
    }

    [Fact]
    public async Task Place_OfAClosedCase_IsFreeAgain()
    {
        var desk = await AdmissionDesk.OpenAsync();
        var opened = new List<CaseId>();
        for (var i = 0; i < MailAllowance.PlacesADay; i++) opened.Add(await desk.OpenedAsync());
        foreach (var id in opened)
            await desk.Cases.ExecuteAsync<SubjectRequest>(
                id, "close", Actors.System, _ => new Decision.Change(new CaseFact.Closed(CaseOutcome.Answered)), [], default);

        var again = await desk.OpenedAsync();
        Assert.Equal(again, Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(AdmissionDesk.FreshId())).Other);
    }

    [Fact]
    public async Task Places_LeftByACrash_AreWaitedForAndThenFreeAgain()
    {
        var desk = await AdmissionDesk.OpenAsync();
        for (var i = 0; i < MailAllowance.PlacesADay; i++) await desk.AdmitAsync(AdmissionDesk.FreshId()); // and no case follows

        // Nobody joins a case that is never made.
        Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(AdmissionDesk.FreshId()));
        Assert.InRange(desk.Time.GetUtcNow() - AdmissionDesk.Start, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Place_WhoseCaseIsStoredMeanwhile_IsJoined()
    {
        var desk = await AdmissionDesk.OpenAsync();
        var ids = Enumerable.Range(0, MailAllowance.PlacesADay).Select(_ => AdmissionDesk.FreshId()).ToList();
        foreach (var id in ids) await desk.AdmitAsync(id);
        desk.WhileWaiting = () => desk.StoreAsync(ids[1], CaseKind.Access).GetAwaiter().GetResult();

        Assert.Equal(ids[1], Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(AdmissionDesk.FreshId())).Other);
    }

    [Fact]
    [Clause("T-ACTIVE")]
    public async Task Account_WhoseDayPassedInAnOutage_GetsAPlaceOfTodayOrLater()
    {
        var desk = await AdmissionDesk.OpenAsync();
        var late = new List<CaseId>();
        for (var i = 0; i < MailAllowance.PlacesADay * 2; i++)
        {
            late.Add(AdmissionDesk.FreshId());
            await desk.AdmitAsync(late[i], CaseKind.Termination, i);
            await desk.StoreAsync(late[i], CaseKind.Termination, i);
        }

        desk.Time.Advance(TimeSpan.FromDays(5));
        var days = new List<DateOnly>();
        for (var again = 0; again < 2; again++)
        {
            days.Clear();
            for (var i = 0; i < late.Count; i++)
            {
                var own = new Applicant(late[i], AccountId.Parse($"a-{i}"));
                var admitted = await desk.Admission.AdmitAsync(
                    CaseKind.Termination, desk.Mailbox, own, AdmissionDesk.Start, desk.Time.GetUtcNow(), CancellationToken.None);
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
        var desk = await AdmissionDesk.OpenAsync();
        var days = new List<DateOnly>();
        for (var i = 0; i < MailAllowance.PlacesADay * (1 + Admission.DaysAhead); i++)
            days.Add((await desk.OpenedAsync(CaseKind.Termination, i)).AskedOn);

        Assert.All(days.CountBy(day => day), day => Assert.Equal(MailAllowance.PlacesADay, day.Value));
        Assert.Equal(new DateOnly(2026, 3, 2).AddDays(Admission.DaysAhead), days.Max());
        Assert.IsType<Admitted.TurnedAway>(await desk.AdmitAsync(AdmissionDesk.FreshId(), CaseKind.Termination, account: 1000));
        Assert.IsType<Admitted.Joins>(await desk.AdmitAsync(AdmissionDesk.FreshId(), CaseKind.Termination, account: 10)); // waits for its day

        desk.Time.Advance(TimeSpan.FromDays(1));
        var last = Assert.IsType<Admitted.Opens>(await desk.AdmitAsync(AdmissionDesk.FreshId(), CaseKind.Termination, account: 1000));
        Assert.Equal(days.Max().AddDays(1), last.AskedOn);
    }

    [Fact]
    public async Task Admit_OfARequestThatAnEarlierVersionTookIn_TakesAPlaceOrJoins()
    {
        var desk = await AdmissionDesk.OpenAsync();
        var (contacts, people, seal) = (new Contacts(desk.Storage), new People(desk.Storage, AdmissionDesk.Pepper, desk.Time), new EphemeralDataProtectionProvider());
        var admit = new AdmitRequest(
            desk.Cases, contacts, Kinds.Requests, desk.Admission,
            new(desk.Cases, people, LegalTimes.In("Europe/Dublin"), NullLogger<EarlierClocks>.Instance),
            new(desk.Cases, contacts, null!, Kinds.Requests, null!, NullLogger<EarlierRequests>.Instance), // for what is proven, which none of these is
            null!, new(Kinds.Requests, null!, null!), // for what came with a sign-in, which none of these did
            new(contacts, new(desk.Storage, people, desk.Time), new(desk.Cases, new(desk.Storage, seal), new(desk.Storage, seal)), null!, new(contacts, null!, null!, null!, null!), null!));
        var ids = new List<CaseId>();
        for (var i = 0; i <= MailAllowance.PlacesADay; i++)
        {
            ids.Add(await desk.StoreAsync(AdmissionDesk.FreshId(), CaseKind.Access));
            await contacts.KeepAsync(ids[^1], desk.Mailbox, null, null, default);
        }

        foreach (var id in ids.SkipLast(1)) Assert.Equal(CaseStatus.AwaitingConfirmation, await admit.RunAsync(new(id), default));
        for (var i = 0; i < 2; i++) Assert.Equal(CaseStatus.Closed, await admit.RunAsync(new(ids[^1]), default));
        Assert.Null(await contacts.FindAsync(ids[^1], default));
        Assert.Equal(
            ["received", "linked-to-open-case"],
            (await desk.Cases.AuditAsync(ids[^1], default)).Select(row => row.Content.Split("\"fact\":\"")[1].Split('"')[0]));
    }
}
