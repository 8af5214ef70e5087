using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Faults;
using PrivacyFunctions.Links;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Sources;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Faults;

/// <summary>What a timer begins has nobody who waits for it: its trouble is told.</summary>
[Clause("K-SCHEDULE")]
public class FailedTimersTests
{
    private readonly ListeningMailer _mailer = new();
    private readonly string _function = $"Nightly{Guid.NewGuid():N}";

    [Fact]
    public async Task Timer_ThatFailsTwiceADay_IsToldOnceAndFailsAllTheSame()
    {
        for (var times = 0; times < 2; times++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("timerTrigger", _ => throw new InvalidOperationException()));

        Assert.Contains("failed", Assert.Single(_mailer.Mails).Letter.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timer_ThatIsAtWorkForTooLong_IsToldBeforeTheHostEndsIt()
    {
        await RunAsync("timerTrigger", _ => _mailer.UntilSentAsync(), untilTold: TimeSpan.Zero);

        Assert.Contains("takes very long", Assert.Single(_mailer.Mails).Letter.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timer_ThatIsDoneInTime_AndWhatIsNoTimer_AreToldToNobody()
    {
        await RunAsync("timerTrigger", _ => Task.CompletedTask);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("httpTrigger", _ => throw new InvalidOperationException()));
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => RunAsync("timerTrigger", _ => throw new OperationCanceledException(), isCalledOff: true));

        Assert.Empty(_mailer.Mails);
    }

    private async Task RunAsync(string trigger, FunctionExecutionDelegate run, TimeSpan? untilTold = null, bool isCalledOff = false)
    {
        var records = await SharedRecords.OpenAsync();
        var mails = new CaseMails(
            records.Storage, new Contacts(records.Storage), TestLetters.Writer, _mailer, Options.Create(new SiteOptions { BaseUrl = new("http://127.0.0.1/") }),
            TimeProvider.System);
        var binding = Mock.Of<BindingMetadata>(found => found.Type == trigger);
        var context = new Mock<FunctionContext>();
        context.SetupGet(found => found.FunctionDefinition.Name).Returns(_function);
        context.SetupGet(found => found.FunctionDefinition.InputBindings)
            .Returns(ImmutableDictionary<string, BindingMetadata>.Empty.Add("timer", binding));
        context.SetupGet(found => found.CancellationToken).Returns(new CancellationToken(isCalledOff));
        context.SetupGet(found => found.InstanceServices)
            .Returns(new ServiceCollection().AddSingleton(new OfficerMails(SetCopy.Map, mails)).BuildServiceProvider());
        var middleware = new FailedTimers(TimeProvider.System, NullLogger<FailedTimers>.Instance)
        {
            UntilTold = untilTold ?? TimeSpan.FromMinutes(20),
        };
        await middleware.Invoke(context.Object, run);
    }
}
