using System.Net;
using System.Reflection;
using Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Worker;
using PrivacyFunctions.Faults;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Faults;

/// <summary>A failure's kind is known, with and without the worker's own exception around it, and nothing else of it.</summary>
[Clause("C-SECURE")]
public class FailureKindsTests
{
    private const string Secret = "eleni@example.org";

    public static TheoryData<Exception, string> Failures => new()
    {
        { new RequestFailedException(503, Secret, "ServerBusy", null), "RequestFailedException 503 ServerBusy" },
        { new RequestFailedException(400, Secret, $"Invalid {Secret}", null), "RequestFailedException 400" },
        { new MailNotAcceptedException(401), "The mail provider answered 401." },
        { new InvalidOperationException(Secret, new RequestFailedException(Secret)), "InvalidOperationException" },
        {
            new AggregateException(Secret, new RequestFailedException(404, Secret, "NotFound", null)),
            "RequestFailedException 404 NotFound"
        },
        { new HttpRequestException(Secret, null, HttpStatusCode.BadGateway), "HttpRequestException" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Kind_OfAFailure_IsToldWithoutItsWords(Exception failure, string kind)
    {
        Assert.Equal(kind, FailureKinds.Of(failure));
        Assert.Equal(kind, FailureKinds.Of(AsTheWorkerHandsItOn(failure, new FailureKinds())));
    }

    [Fact]
    public void Kind_OfTheWorkersException_WhoseTextTellsNone_IsUnknown()
    {
        foreach (var provider in new[] { null, new Liar() })
            Assert.Equal(
                FailureKinds.Unknown,
                FailureKinds.Of(AsTheWorkerHandsItOn(new InvalidOperationException(Secret), provider)));
    }

    [Fact]
    public void Frames_OfAFailure_HoldNoneOfItsWords()
    {
        var thrown = Assert.Throws<InvalidOperationException>(Throw);
        Assert.All(
            [thrown, new AggregateException(thrown), AsTheWorkerHandsItOn(thrown, new FailureKinds())],
            failure =>
            {
                var frames = FailureKinds.FramesOf(failure).Split('\n');
                Assert.Contains(frames, frame => frame.Contains(nameof(Throw), StringComparison.Ordinal));
                Assert.All(frames, frame => Assert.StartsWith("   at ", frame));
                Assert.All(frames, frame => Assert.DoesNotContain(Secret, frame));
            });
        Assert.Empty(FailureKinds.FramesOf(new InvalidOperationException(Secret)));
    }

    // The worker's exception is internal; its text is made by its constructor.
    public static Exception AsTheWorkerHandsItOn(Exception failure, IExceptionPropertiesProvider? provider)
    {
        var type = typeof(DurableClientAttribute).Assembly.GetTypes()
            .Single(found => found.Name == "DurableSerializationException");
        var made = (Exception)type.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance)
            .Single(found => found.GetParameters().Length == 2).Invoke([failure, provider]);
        return made;
    }

    private static void Throw() =>
        throw new InvalidOperationException($"{Secret}\n   nothing of this is a frame: {Secret}");

    private sealed class Liar : IExceptionPropertiesProvider
    {
        public IDictionary<string, object?>? GetExceptionProperties(Exception exception) =>
            new Dictionary<string, object?> { ["Kind"] = 17 };
    }
}
