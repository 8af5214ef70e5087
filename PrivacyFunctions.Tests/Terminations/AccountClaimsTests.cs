using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

/// <summary>One case at a time ends an account, whatever was left by a crash, and whoever else had its number.</summary>
[Clause("T-KEEP")]
public class AccountClaimsTests
{
    private static readonly KnownAccount Old = new(Owner("p-1"), EngineRun.Start.AddYears(-2));
    private static readonly KnownAccount New = new(Owner("p-2"), EngineRun.Start.AddYears(-1));

    private readonly FakeTimeProvider _time = new(EngineRun.Start);
    private readonly AccountId _account = AccountId.Parse($"c-{Guid.NewGuid():N}");

    [Fact]
    public async Task Claim_OfACaseThatNeverSaidSo_IsFreeAfterTenMinutes()
    {
        var (records, claims) = await OpenAsync();
        var (first, second) = (await AskAsync(records), await AskAsync(records));
        Assert.Equal(first, await claims.TakeAsync(_account, Old, first, default));

        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(first, await claims.TakeAsync(_account, Old, second, default));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(second, await claims.TakeAsync(_account, Old, second, default));
        Assert.Equal([second], await claims.HoldersAsync(_account, default));
    }

    [Fact]
    public async Task Claim_OfAnAccountOfUnknownAge_KeepsOutACaseThatKnowsIt()
    {
        var (records, claims) = await OpenAsync();
        var (first, second) = (await AskAsync(records), await AskAsync(records));
        await claims.TakeAsync(_account, Old with { Since = null }, first, default);
        Assert.Equal(first, await claims.TakeAsync(_account, Old, second, default));
    }

    [Fact]
    public async Task Claims_OfTwoAccountsThatHadTheSameNumber_AreTakenAndReleasedEachByItself()
    {
        var (records, claims) = await OpenAsync();
        var (first, second) = (await AskAsync(records), await AskAsync(records));
        Assert.Equal(first, await claims.TakeAsync(_account, Old, first, default));
        Assert.Equal(second, await claims.TakeAsync(_account, New, second, default));
        Assert.Equal([New.Owner!.Value], await claims.OwnersAsync(_account, New, default));
        Assert.Equal(2, (await claims.OwnersAsync(_account, found: null, default)).Count); // which of them is meant, nobody can tell

        await claims.ReleaseAsync(_account, first, default);

        Assert.Equal([second], await claims.HoldersAsync(_account, default));
        Assert.Equal(New.Owner, await claims.OwnerAsync(_account, second, default));
    }

    [Fact]
    public async Task Owner_OfAnAccountThatIsHandedOver_IsNotedForItsOwnCaseAlone()
    {
        var (records, claims) = await OpenAsync();
        var (first, second) = (await AskAsync(records), await AskAsync(records));
        await claims.TakeAsync(_account, Old, first, default);
        await claims.TakeAsync(_account, New, second, default);

        await claims.NoteOwnerAsync(_account, first, Owner("p-3"), default);

        Assert.Equal(Owner("p-3"), await claims.OwnerAsync(_account, first, default));
        Assert.Equal(New.Owner, await claims.OwnerAsync(_account, second, default));
    }

    private static PersonId Owner(string id) => PersonId.TryParse(id, out var person) ? person : throw new ArgumentException(id);

    private async Task<(SharedRecords Records, AccountClaims Claims)> OpenAsync()
    {
        var records = await SharedRecords.OpenAsync(_time);
        return (records, new(records.Storage, records.Cases, _time));
    }

    // A case that was received and says nothing more.
    private async Task<CaseId> AskAsync(SharedRecords records)
    {
        var plan = new TerminationPlan(LegalClock.Ordinary, TimeSpan.FromDays(14), 14);
        var asked = TerminationDecisions.Receive(
            CaseId.FromBytes(Guid.NewGuid().ToByteArray()), _account, TerminationBy.Owner, plan, EngineRun.Start);
        var fact = new TerminationFact.TerminationRequested(TerminationBy.Owner, _account, "form", "c0");
        return (await records.Cases.CreateAsync(asked, [fact], Actors.Subject, default)).Id;
    }
}
