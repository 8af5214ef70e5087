using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Terminations;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Terminations;

[Clause("T-ACTIVE")]
public class ReceiveTerminationTests
{
    [Fact]
    public void Answer_WhichIsTheSameForEverybody_IsTrueOfWhoeverWasTurnedAwayAndSaysWhatToDo()
    {
        var notice = ReceiveTermination.Received(CaseId.FromBytes(new byte[16]), "officer@example.com");

        Assert.DoesNotContain(notice.Words, words => words.Contains("We have your request", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(notice.Words, words => words.Contains("we could not take in this request", StringComparison.Ordinal)
            && words.Contains("use the link in any mail", StringComparison.Ordinal)
            && words.Contains("officer@example.com", StringComparison.Ordinal));
    }
}
