using PrivacyFunctions.LocalHost.CommandLine;
using PrivacyFunctions.LocalHost.StartUp;

// 0: stopped cleanly. 1: could not start, for a reason told in one sentence. 2: the arguments make no sense.
using var signals = new StopSignals();
try
{
    var command = CommandParser.Parse(args);
    if (command is Command.Run { StopAtInputEnd: true } or Command.Outbox { StopAtInputEnd: true })
        signals.StopAtInputEnd();
    switch (command)
    {
        case Command.Run run:
            await RunCommand.RunAsync(run, Console.Out, signals.Stopping);
            return 0;
        case Command.Outbox outbox:
            await OutboxCommand.RunAsync(outbox, Console.Out, signals.Stopping);
            return 0;
        case Command.Seed seed:
            await SeedCommand.RunAsync(seed, Console.Out, signals.Stopping);
            return 0;
        case Command.CreateKey or Command.ListKeys or Command.RevokeKeys:
            await KeyCommands.RunAsync(command, Console.Out, signals.Stopping);
            return 0;
        case Command.Mistake mistake:
            Console.Error.WriteLine(mistake.Sentence);
            Console.Error.WriteLine("--help shows what there is.");
            return 2;
        case Command.Help help:
            Console.WriteLine(help.Text);
            return 0;
        default:
            throw new InvalidOperationException($"Nothing carries out {command.GetType().Name}.");
    }
}
catch (StartUpProblem problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
{
    return 0; // stopped while it was still starting
}
