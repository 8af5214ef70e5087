using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Portability.Model;

/// <summary>To whom a package is transmitted, and how long.</summary>
[Clause("R-PORT")]
public class TransmissionDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("", "a", null)]
    [InlineData("b", "a", null)]
    [InlineData("b c", "a", null)]
    [InlineData("b c d", "a", "NoMore")]
    [InlineData("a b c", "a", null)] // the same once more
    public void Transmission_ToOneMore_IsTakenUpToThree(string named, string name, string? expected)
    {
        var offered = Offered(named);

        Assert.Equal(expected, TransmissionDecisions.WhyNot(offered, name, Now)?.ToString());
        var isNew = expected is null && offered.Find(name) is null;
        Assert.Equal(isNew ? "a 2026-03-02" : "nothing", Shown(TransmissionDecisions.Ask(offered, name, Today, Now)));
    }

    [Theory]
    [InlineData(-1, false, false, null)]
    [InlineData(0, false, false, "Over")]
    [InlineData(-1, true, false, "Over")]
    [InlineData(-1, false, true, "Over")]
    public void Transmission_OnceThePackageIsGone_IsOver(int seconds, bool isDeleted, bool isClosed, string? expected)
    {
        Case offered = Offered("a");
        var at = ((PortabilityRequest)offered).OfferedUntil!.Value.AddSeconds(seconds);
        if (isDeleted) offered = offered.Apply(new CaseFact.ExportDeleted(), Now);
        if (isClosed) offered = offered.Apply(new CaseFact.Closed(CaseOutcome.Answered), Now);
        var request = (PortabilityRequest)offered;

        Assert.Equal(expected, TransmissionDecisions.WhyNot(request, "b", at)?.ToString());
        Assert.Equal(expected is null ? "b 2026-03-02" : "nothing", Shown(TransmissionDecisions.Ask(request, "b", Today, at)));
        Assert.Equal(expected is null ? "a 2026-03-02 5a" : "nothing", Shown(TransmissionDecisions.HandOver(request, "a", "5a", Today, at)));
    }

    // Nothing was sent there: the person can name another.
    [Fact]
    public void Transmission_ToAnAddressThatNoMailReaches_DoesNotCount()
    {
        var offered = (PortabilityRequest)Offered("a b c").Apply(new CaseFact.MailRefused("transmission-b"), Now);
        Assert.Equal([false, true, false], offered.Transmissions!.Select(each => each.IsUnreachable));
        Assert.Null(TransmissionDecisions.WhyNot(offered, "d", Now));
        Assert.Equal(TransmissionBar.NoMore, TransmissionDecisions.WhyNot((PortabilityRequest)Offered("a b c").Apply(new CaseFact.MailRefused("ready"), Now), "d", Now));
    }

    // Each is kept in the case's row, which has an end.
    [Fact]
    public void Transmissions_ToManyAddressesThatNoMailReaches_ComeToAnEnd()
    {
        var offered = Offered("");
        for (var number = 0; number < TransmissionDecisions.MostEntered; number++)
        {
            Assert.Null(TransmissionDecisions.WhyNot(offered, $"n{number}", Now));
            offered = (PortabilityRequest)offered.Apply(new PortabilityFact.TransmissionAsked($"n{number}", Today), Now)
                .Apply(new CaseFact.MailRefused($"transmission-n{number}"), Now);
        }

        Assert.Equal(TransmissionBar.NoMore, TransmissionDecisions.WhyNot(offered, "another", Now));
    }

    // A slip that was noticed costs nothing, and yet nobody writes to any number of strangers.
    [Fact]
    public void Transmission_ThatWasStopped_LeavesRoomForAnother_UpToSixInAll()
    {
        var offered = Offered("a b c");
        foreach (var (stopped, next) in new[] { ("a", "d"), ("b", "e"), ("c", "f") })
        {
            Assert.Equal(TransmissionBar.NoMore, TransmissionDecisions.WhyNot(offered, next, Now));
            offered = (PortabilityRequest)offered.Apply(new PortabilityFact.TransmissionStopped(stopped, Today), Now);
            Assert.Null(TransmissionDecisions.WhyNot(offered, next, Now));
            offered = (PortabilityRequest)offered.Apply(new PortabilityFact.TransmissionAsked(next, Today), Now);
        }

        offered = (PortabilityRequest)offered.Apply(new PortabilityFact.TransmissionStopped("d", Today), Now);
        Assert.Equal(TransmissionBar.NoMore, TransmissionDecisions.WhyNot(offered, "g", Now));
    }

    [Fact]
    public void HandOver_OfOneThatWasNeverAskedForOrWasHandedOver_IsNotNoted()
    {
        var offered = Offered("a b");
        Assert.Equal("nothing", Shown(TransmissionDecisions.HandOver(offered, "c", "5a", Today, Now)));

        var handed = (PortabilityRequest)offered.Apply(new PortabilityFact.TransmissionHandedOver("a", Today, "5a"), Now);
        Assert.Equal((Today, null), (handed.Find("a")!.HandedOverOn, handed.Find("b")!.HandedOverOn));
        Assert.Equal("nothing", Shown(TransmissionDecisions.HandOver(handed, "a", "5a", Today.AddDays(1), Now)));
        Assert.Equal("b 2026-03-02 5a", Shown(TransmissionDecisions.HandOver(handed, "b", "5a", Today, Now)));
    }

    [Theory]
    [InlineData("bank@example.org", null)]
    [InlineData("Person@Example.net", "ThePersons")]
    [InlineData("dpo@example.com", "Ours")]
    [InlineData("privacy@EXAMPLE.com", "Ours")]
    public void Mailbox_OfThePersonOrOfOurs_IsNoOtherControllers(string to, string? expected) => Assert.Equal(
        expected,
        TransmissionDecisions.WhyNotTo(
            EmailAddress.Parse(to), EmailAddress.Parse("person@example.net"),
            [EmailAddress.Parse("dpo@example.com"), EmailAddress.Parse("privacy@example.com")])?.ToString());

    private static PortabilityRequest Offered(string named)
    {
        Case request = PortabilityRequest.New(
            CaseId.Parse("00112233445566778899aabbccddeeff"), Now, new(new(2026, 4, 2), new(2026, 4, 2), "L1"),
            new(LegalClock.Ordinary, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromDays(14)));
        request = request.Apply(new CaseFact.ExportOffered(Now.AddDays(14), "5a", 1), Now);
        foreach (var name in named.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            request = request.Apply(new PortabilityFact.TransmissionAsked(name, Today), Now);
        return (PortabilityRequest)request;
    }

    private static string Shown(Decision decision) => decision switch
    {
        Decision.Change { Facts: [PortabilityFact.TransmissionAsked asked] } => FormattableString.Invariant($"{asked.Name} {asked.On:yyyy-MM-dd}"),
        Decision.Change { Facts: [PortabilityFact.TransmissionHandedOver handed] } =>
            FormattableString.Invariant($"{handed.Name} {handed.On:yyyy-MM-dd} {handed.Sha256}"),
        _ => "nothing",
    };
}
