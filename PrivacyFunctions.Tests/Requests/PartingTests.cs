using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests;

/// <summary>What is said last about a request that its person withdraws.</summary>
public sealed class PartingTests
{
    [Fact]
    [Clause("L9")]
    public async Task Request_WithdrawnBeforeItsFirstStepIsDone_IsToldAndItsMailboxForgotten()
    {
        await using var desk = await IntakeDesk.OpenAsync();
        var person = IntakeDesk.Stranger();
        var id = await desk.PostAsync(CaseKind.Access, person, isEngineAway: true);
        Assert.True(await desk.KnowsMailboxAsync(id));

        await desk.WithdrawAsync(id);

        var (to, letter) = Assert.Single(desk.Mailer.Mails);
        Assert.Equal((person, "Your request is withdrawn"), (to, letter.Subject));
        Assert.False(await desk.KnowsMailboxAsync(id));
    }
}
