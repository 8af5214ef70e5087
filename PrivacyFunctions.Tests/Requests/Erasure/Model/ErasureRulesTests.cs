using CsCheck;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Erasure.Model;

/// <summary>What becomes of an item: the precedence of the policy, case by case and for all cases.</summary>
[Clause("R-ERASE")]
[Clause("K-EXTEND")]
public class ErasureRulesTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ErasureRule Erase = new("profiles", ErasureFate.Erase, null);
    private static readonly ErasureRule Anonymise = new("forum-posts", ErasureFate.Anonymise, null);
    private static readonly ErasureRule Retain = new("payments", ErasureFate.Retain, "tax law");

    private static readonly Gen<Hold> AnyProtection =
        from kind in Gen.Enum<HoldKind>()
        from set in Gen.Int[0, 3].Select(index => new[] { null, "profiles", "payments", "forum-posts" }[index])
        from id in Gen.Char['a', 'e']
        select new Hold($"{id}", kind, set, $"{kind} {id}", "legal", new(2026, 9, 1));

    private static readonly Gen<ErasureRule> AnyRule = Gen.Int[0, 2].Select(index => new[] { Erase, Anonymise, Retain }[index]);

    public static TheoryData<ErasureRule, int?, ErasureFate, string?> WithoutProtection => new()
    {
        { Erase, null, ErasureFate.Erase, null },
        { Erase, 400, ErasureFate.Erase, null }, // what is to be erased is not kept for its retention
        { Anonymise, null, ErasureFate.Anonymise, null },
        { Anonymise, -1, ErasureFate.Anonymise, null },
        { Retain, null, ErasureFate.Retain, "tax law" },
        { Retain, 1, ErasureFate.Retain, "tax law" },
        { Retain, 0, ErasureFate.Erase, null }, // its time is over at this very instant
        { Retain, -1, ErasureFate.Erase, null },
    };

    [Theory]
    [MemberData(nameof(WithoutProtection))]
    public void Decide_WithoutProtection_FollowsTheMapUntilTheGroundIsOver(
        ErasureRule rule, int? keptForDays, ErasureFate fate, string? ground) =>
        Assert.Equal(new(fate, ground), ErasureRules.Decide(rule, [], keptForDays is { } days ? At.AddDays(days) : null, At));

    [Fact]
    public void Decide_HoldAndRestriction_HoldGoesFirst()
    {
        var restriction = new Hold("a", HoldKind.Restriction, "profiles", "objection", "dpo", new(2026, 9, 1));
        var hold = new Hold("b", HoldKind.Legal, null, "claim", "legal", new(2026, 9, 1));

        Assert.Equal(
            new(ErasureFate.Retain, "claim", hold), ErasureRules.Decide(Erase, [restriction, hold], keptUntil: null, At));
        Assert.Equal(
            new(ErasureFate.Retain, "objection", restriction), ErasureRules.Decide(Erase, [restriction], keptUntil: null, At));
    }

    // Which hold kept something is asked again at its release, so it must not depend on the order in which they are read.
    [Fact]
    public void First_OfTwoHolds_IsThatOfTheLowerId()
    {
        var (first, second) = (
            new Hold("a", HoldKind.Legal, null, "claim", "legal", new(2026, 9, 1)),
            new Hold("b", HoldKind.Legal, "profiles", "tax", "legal", new(2026, 9, 1)));
        Assert.Equal(first, ErasureRules.First("profiles", [first, second]));
        Assert.Equal(first, ErasureRules.First("profiles", [second, first]));
        Assert.Null(ErasureRules.First("payments", [second]));
    }

    [Fact]
    [Clause("R-ACCESS")]
    public void GoesBefore_AnotherCase_IsAnAccessRequestWhoseCopyIsStillToBeMade() => GoesBeforeUntilItIsMade(Receive(AccessRequest.New));

    [Fact]
    [Clause("R-PORT")]
    public void GoesBefore_DataToTakeAlong_IsARequestWhosePackageIsStillToBeMade() =>
        GoesBeforeUntilItIsMade(Receive(PortabilityRequest.New));

    private static void GoesBeforeUntilItIsMade(PackagedRequest asked)
    {
        var confirmed = asked.After(RequestDecisions.Confirm);

        Assert.True(ErasureRules.GoesBefore(confirmed));
        Assert.False(ErasureRules.GoesBefore(asked)); // nobody has proved the mailbox
        Assert.False(ErasureRules.GoesBefore(confirmed.After(state => PackageDecisions.Offer(state, At, new(1, 1, "ab", 1)))));
        Assert.False(ErasureRules.GoesBefore(Receive(ErasureRequest.New).After(RequestDecisions.Confirm)));
    }

    private static TRequest Receive<TRequest>(NewRequest<TRequest> @new)
        where TRequest : SubjectRequest => RequestDecisions.Receive(
        @new, CaseId.Parse("00000000000000000000000000000001"),
        new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)), At, new(2026, 3, 2),
        Residence.Elsewhere, HolidayCalendars.Of("EU"), "form", "c0").Request;

    [Fact]
    public void Decide_AnyItem_IsKeptExactlyWithAGroundAndNeverBesideItsProtection() =>
        Gen.Select(AnyRule, AnyProtection.Array[0, 4], Gen.Int[-3, 3]).Sample((rule, protections, days) =>
        {
            var fate = ErasureRules.Decide(rule, protections, At.AddDays(days), At);
            var covering = protections.Where(protection => protection.Covers(rule.DataSet)).ToList();
            return (fate.Fate == ErasureFate.Retain) == (fate.Ground is not null)
                && (covering.Count > 0) == (fate.Protection is not null)
                && (fate.Protection is null || covering.TrueForAll(other => other.Kind >= fate.Protection.Kind))
                && (fate.Fate != ErasureFate.Retain || ErasureRules.MayRetain(rule, protections));
        });

    [Fact]
    public void Decide_ProtectionsInAnyOrder_ComeToTheSame() =>
        Gen.Select(AnyRule, AnyProtection.Array[0, 4]).Sample((rule, protections) =>
            ErasureRules.Decide(rule, protections, null, At)
            == ErasureRules.Decide(rule, [.. protections.Reverse()], null, At)
            || protections.GroupBy(protection => (protection.Kind, protection.Id)).Any(same => same.Count() > 1));

    [Fact]
    public void IsCarriedOut_OnlyThePlanThatWasApprovedAndBegun()
    {
        var request = new ErasureRequest
        {
            Id = CaseId.Parse("00112233445566778899aabbccddeeff"), Kind = CaseKind.Erasure, ReceivedAt = At, Due = null!,
            Plan = null!, Status = CaseStatus.Erasing, ApprovedHash = "ab",
        };
        Assert.True(ErasureRules.IsCarriedOut(request, "ab"));
        Assert.False(ErasureRules.IsCarriedOut(request, "cd"));
        foreach (var status in Enum.GetValues<CaseStatus>().Except([CaseStatus.Erasing]))
            Assert.False(ErasureRules.IsCarriedOut(request with { Status = status }, "ab"));
    }
}
