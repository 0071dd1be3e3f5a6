export { BindingPage } from './binding/BindingPage.ts';
export { FarmTalkPage } from './farm-talk/FarmTalkPage.ts';
export { HelpPage } from './help/HelpPage.ts';
export { LessonPage } from './lesson/LessonPage.ts';
export { MyStudyPage } from './my-study/MyStudyPage.ts';
export { PlaylistPage } from './playlist/PlaylistPage.ts';
export { SettingsPage } from './settings/SettingsPage.ts';
export { WhoPage } from './who/WhoPage.ts';
