using Azure;
using Azure.Identity;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.CommandLine;

/// <summary>What a command says when a storage account does not do what it asks for.</summary>
internal static class StorageAnswer
{
    /// <exception cref="StartUpProblem">The account does not answer or refuses.</exception>
    public static async Task OrProblemAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception failed) when (
            failed is RequestFailedException or AuthenticationFailedException or AggregateException { InnerException: RequestFailedException })
        {
            throw new StartUpProblem("The storage account does not answer, or refuses: start it, or look at its name and key.", failed);
        }
    }
}
